using Parley.Rtc.Primitives;

namespace Parley.Rtc.Turn;

/// <summary>What the server's side of a TURN connection is about.</summary>
public sealed record TurnSettings
{
    /// <summary>REALM, ASCII.</summary>
    public required string Realm { get; init; }

    /// <summary>NONCE of this connection, ASCII: a stream cannot be replayed into another one, so that it needs no other.</summary>
    public required string Nonce { get; init; }

    /// <summary>Where the client comes from.</summary>
    public required TransportAddress Client { get; init; }

    /// <summary>The addresses at which the client is told that it is relayed, at most one of a family; their ports do not count.</summary>
    public required IReadOnlyList<TransportAddress> Relayed { get; init; }

    /// <summary>All that may be reached: this node's own shards.</summary>
    public required IReadOnlyList<TransportAddress> Peers { get; init; }
}
