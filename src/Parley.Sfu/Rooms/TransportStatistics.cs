namespace Parley.Sfu.Rooms;

/// <summary>A transport's figures.</summary>
public sealed record TransportStatistics
{
    /// <summary>The room.</summary>
    public required RoomId Room { get; init; }

    /// <summary>The transport.</summary>
    public required TransportId Transport { get; init; }

    /// <summary>Whose it is.</summary>
    public required string Participant { get; init; }

    /// <summary>Whether it has keys.</summary>
    public required bool Connected { get; init; }

    /// <summary>The latest round trip from RTCP, ms; null before the first.</summary>
    public double? RoundTrip { get; init; }

    /// <summary>Share of the peer's packets that were lost on the way to us in the last seconds, 0 to 1, before recovery.</summary>
    public double UplinkLoss { get; init; }

    /// <summary>Share of our packets that the peer reports lost in the last seconds, 0 to 1.</summary>
    public double DownlinkLoss { get; init; }

    /// <summary>Bits a second received in the last second.</summary>
    public long ReceiveBitrate { get; init; }

    /// <summary>Bits a second sent in the last second.</summary>
    public long SendBitrate { get; init; }
}
