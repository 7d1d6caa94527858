using Parley.Rtc.Primitives;

namespace Parley.Sfu.Rooms;

/// <summary>
/// Opens the relay link to another shard: one for each pair of shards, over which rooms are carried that both ends join. Told to both ends, one of them the initiator.
/// Answered by <see cref="RelayLinkConnected"/> or <see cref="RelayLinkClosed"/>; a closed link is gone with its rows, another is opened under another id.
/// </summary>
public sealed record OpenRelayLink : ShardCommand
{
    /// <summary>The new link.</summary>
    public required RelayLinkId Link { get; init; }

    /// <summary>Whether this end sends the checks and is the DTLS client; the other end waits.</summary>
    public required bool Initiator { get; init; }

    /// <summary>Our ICE user fragment: unlike that of every transport and link of the shard.</summary>
    public required string LocalUfrag { get; init; }

    /// <summary>Our ICE password.</summary>
    public required string LocalPassword { get; init; }

    /// <summary>The other shard's ICE user fragment.</summary>
    public required string RemoteUfrag { get; init; }

    /// <summary>The other shard's ICE password.</summary>
    public required string RemotePassword { get; init; }

    /// <summary>Where the other shard listens; the initiator checks all and takes the first that answers (at most 8 are taken). The other end may leave it empty.</summary>
    public IReadOnlyList<TransportAddress> RemoteAddresses { get; init; } = [];

    /// <summary>SHA-256 of the other node's DTLS certificate, 32 bytes: any other certificate fails the handshake.</summary>
    public required byte[] RemoteFingerprint { get; init; }
}

/// <summary>Closes a relay link; all its rows are left.</summary>
public sealed record CloseRelayLink(RelayLinkId Link) : ShardCommand;

/// <summary>
/// Lets a room's tracks cross a link, from and to the room at the other end that was joined under the same row number. May come before the link is connected. The room must be open,
/// and it has one row on a link at most. Until both ends have joined nothing of the room crosses, and what comes for a row that was not joined is dropped.
/// </summary>
/// <param name="Room">The room on this shard.</param>
/// <param name="Link">The link.</param>
/// <param name="Row">Names the meeting on this link, the same at both ends; may be used again after both ends left.</param>
public sealed record JoinRelay(RoomId Room, RelayLinkId Link, uint Row) : ShardCommand;

/// <summary>Stops a room from crossing a link at once: the sources that came over it end, and nothing is sent or taken for its row any more.</summary>
public sealed record LeaveRelay(RoomId Room, RelayLinkId Link) : ShardCommand;
