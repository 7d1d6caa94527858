namespace Parley.Sfu.Rooms;

/// <summary>A relay link's figures, since it was opened unless said otherwise.</summary>
public sealed record RelayStatistics
{
    /// <summary>The link.</summary>
    public required RelayLinkId Link { get; init; }

    /// <summary>Whether it has keys.</summary>
    public required bool Connected { get; init; }

    /// <summary>The latest round trip, ms; null before the first.</summary>
    public double? RoundTrip { get; init; }

    /// <summary>Bytes received in datagrams.</summary>
    public long BytesReceived { get; init; }

    /// <summary>Bytes sent in SRTP and SRTCP.</summary>
    public long BytesSent { get; init; }

    /// <summary>Datagrams received.</summary>
    public long PacketsReceived { get; init; }

    /// <summary>SRTP and SRTCP datagrams sent.</summary>
    public long PacketsSent { get; init; }

    /// <summary>The rooms that cross it now.</summary>
    public IReadOnlyList<RelayRowStatistics> Rows { get; init; } = [];
}
