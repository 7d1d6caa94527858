namespace Parley.Sfu.Rooms;

/// <summary>A shard's counters at one moment, since its start unless said otherwise.</summary>
public sealed record ShardStatistics
{
    /// <summary>Rooms now.</summary>
    public required int Rooms { get; init; }

    /// <summary>Datagrams received.</summary>
    public required long DatagramsReceived { get; init; }

    /// <summary>Datagrams sent.</summary>
    public required long DatagramsSent { get; init; }

    /// <summary>Bytes received in datagrams.</summary>
    public required long BytesReceived { get; init; }

    /// <summary>Bytes sent in datagrams.</summary>
    public required long BytesSent { get; init; }

    /// <summary>Dropped datagrams and packets by reason; only reasons that occurred.</summary>
    public required IReadOnlyDictionary<string, long> Drops { get; init; }

    /// <summary>Each transport's figures.</summary>
    public required IReadOnlyList<TransportStatistics> Transports { get; init; }

    /// <summary>Each relay link's figures.</summary>
    public IReadOnlyList<RelayStatistics> Relays { get; init; } = [];
}
