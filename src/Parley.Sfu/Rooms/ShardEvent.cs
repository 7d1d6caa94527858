namespace Parley.Sfu.Rooms;

/// <summary>What a shard tells the control plane.</summary>
public abstract record ShardEvent;

/// <summary>A transport has keys and carries media.</summary>
public sealed record TransportConnected(RoomId Room, TransportId Transport) : ShardEvent;

/// <summary>A transport ended by itself: the peer closed it, failed the handshake or went silent.</summary>
public sealed record TransportClosed(RoomId Room, TransportId Transport, TransportCloseReason Reason) : ShardEvent;

/// <summary>A track's first packet arrived, or another shard offers it over a relay link. Comes again for the same source when another transport or link takes it over.</summary>
/// <param name="Room">The room.</param>
/// <param name="Transport">The transport that publishes it; the default value when it is relayed.</param>
/// <param name="Source">The source.</param>
public sealed record SourceStarted(RoomId Room, TransportId Transport, SourceId Source) : ShardEvent
{
    /// <summary>The link that it comes over; null when it is published here.</summary>
    public RelayLinkId? Relay { get; init; }
}

/// <summary>A track ended: its transport closed, a re-offer took it away, or it no longer comes over its relay link.</summary>
/// <param name="Room">The room.</param>
/// <param name="Transport">The transport that published it; the default value when it was relayed.</param>
/// <param name="Source">The source.</param>
public sealed record SourceStopped(RoomId Room, TransportId Transport, SourceId Source) : ShardEvent
{
    /// <summary>The link that it came over; null when it was published here.</summary>
    public RelayLinkId? Relay { get; init; }
}

/// <summary>
/// A subscriber's slot shows another source, from the packet with RTP timestamp <see cref="FromTimestamp"/> on; sent when that packet is sent, so that a client can switch names and
/// pictures at the same frame. A null source: the slot is empty.
/// </summary>
public sealed record SlotChanged(RoomId Room, TransportId Transport, string Mid, SourceId? Source, uint FromTimestamp) : ShardEvent;

/// <summary>Who speaks in a room, at most every 300 ms and only when it changes: the dominant speaker (null: nobody yet) and all who are audible now.</summary>
public sealed record SpeakersChanged(RoomId Room, string? Dominant, IReadOnlyList<string> Audible) : ShardEvent;

/// <summary>Answers <see cref="ReportStatistics"/>.</summary>
public sealed record StatisticsReported(ShardStatistics Statistics) : ShardEvent;

/// <summary>A fault of ours was contained: its room, when it had one, has ended.</summary>
/// <param name="Room">The room; null when the fault belonged to none.</param>
/// <param name="Detail">The exception's type and stack trace, without its message.</param>
public sealed record FaultContained(RoomId? Room, string Detail) : ShardEvent;
