namespace Parley.Routing.Directory;

/// <summary>What a node says of itself, signed with its node key, for clients and other nodes to hold against the directory.</summary>
public sealed record NodeStatement
{
    /// <summary>The node's id.</summary>
    public required string Node { get; init; }

    /// <summary>Its region's id.</summary>
    public required string Region { get; init; }

    /// <summary>The SHA-256 fingerprint of its DTLS certificate, as in SDP (RFC 8122 section 5): upper-case hexadecimal pairs with colons.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Every address and port at which the node receives media: its shards by UDP, its tunnel by TCP.</summary>
    public required IReadOnlyList<NodeAddress> Addresses { get; init; }

    /// <summary>The TURN servers of the node's tunnel, as RFC 7065 writes them; empty: it has none.</summary>
    public IReadOnlyList<string> Tunnels { get; init; } = [];

    /// <summary>When it was made, seconds since 1970 in UTC.</summary>
    public required long Issued { get; init; }

    /// <summary>Until when it holds, seconds since 1970 in UTC.</summary>
    public required long Expires { get; init; }
}
