using Parley.Rtc.Sdp;

namespace Parley.Sfu.Rooms;

/// <summary>What the control plane asks of a shard. Commands are values; answers come as <see cref="ShardEvent"/>s.</summary>
public abstract record ShardCommand;

/// <summary>Makes a room; nothing happens when it exists.</summary>
public sealed record OpenRoom(RoomId Room) : ShardCommand;

/// <summary>Ends a room and all its transports.</summary>
public sealed record CloseRoom(RoomId Room) : ShardCommand;

/// <summary>Adds a peer connection to a room, ready for its first connectivity check. Publishing and receiving follow from the negotiated m-lines.</summary>
public sealed record ConnectTransport : ShardCommand
{
    /// <summary>The room.</summary>
    public required RoomId Room { get; init; }

    /// <summary>The new transport.</summary>
    public required TransportId Transport { get; init; }

    /// <summary>Whose transport it is: the id that <see cref="SourceId.Participant"/> carries.</summary>
    public required string Participant { get; init; }

    /// <summary>What offer and answer agreed on.</summary>
    public required NegotiatedSession Session { get; init; }

    /// <summary>What each published m-line is, by mid; an m-line that is not named is a microphone or a camera by its kind.</summary>
    public IReadOnlyDictionary<string, SourceKind> Sources { get; init; } = new Dictionary<string, SourceKind>();

    /// <summary>Who decides what the slots show.</summary>
    public SubscriptionMode Mode { get; init; }

    /// <summary>Whose tracks to play, with <see cref="SubscriptionMode.Participant"/>.</summary>
    public string? Subject { get; init; }

    /// <summary>
    /// Counts the transports of one participant over all shards, growing: when two publish the same source, on this shard or on others that relay it, the larger wins. Of equal ones on
    /// one shard the later to start wins; between shards an arbitrary one, so whoever lets participants move must count.
    /// </summary>
    public long Since { get; init; }
}

/// <summary>Applies a re-offer to a transport: more slots, changed tracks, or new ICE credentials (an ICE restart keeps DTLS and SRTP).</summary>
public sealed record RenegotiateTransport(TransportId Transport, NegotiatedSession Session, IReadOnlyDictionary<string, SourceKind> Sources) : ShardCommand;

/// <summary>Ends a transport: its tracks stop and its slots are freed.</summary>
public sealed record CloseTransport(TransportId Transport) : ShardCommand;

/// <summary>Says which pictures a subscriber wants, most wanted first; those above the number of its video slots wait.</summary>
public sealed record SetView(TransportId Transport, IReadOnlyList<SourceWish> Wishes) : ShardCommand;

/// <summary>Says that a participant muted or unmuted a track: a muted one is not forwarded, takes no slot of the loudest and gets no key-frame requests.</summary>
public sealed record SetMuted(TransportId Transport, SourceKind Source, bool Muted) : ShardCommand;

/// <summary>Asks for a <see cref="StatisticsReported"/> of everything on the shard.</summary>
public sealed record ReportStatistics : ShardCommand;
