using Parley.Server.Media;

namespace Parley.Server.Nodes;

/// <summary>A relay link as both its ends name it.</summary>
/// <param name="name">The user fragment of whoever proposed it: the same at both ends.</param>
/// <param name="peer">The node at the other end.</param>
/// <param name="peerPort">The UDP port of its shard.</param>
/// <param name="link">The link on this node's shard.</param>
internal sealed class RelayPeerLink(string name, string peer, int peerPort, IRelayLink link)
{
    /// <summary>The user fragment of whoever proposed it: the same at both ends.</summary>
    public string Name => name;

    /// <summary>The node at the other end.</summary>
    public string Peer => peer;

    /// <summary>The UDP port of its shard.</summary>
    public int PeerPort => peerPort;

    /// <summary>The link on this node's shard.</summary>
    public IRelayLink Link => link;

    /// <summary>Meetings that cross it.</summary>
    public int Legs { get; set; }

    /// <summary>Calls under way that have offered it to its peer: it must not close meanwhile.</summary>
    public int Holds { get; set; }
}
