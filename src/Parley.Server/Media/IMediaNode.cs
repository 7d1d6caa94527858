using Parley.Rtc.Primitives;

namespace Parley.Server.Media;

/// <summary>This node's shards, as the control plane sees them.</summary>
internal interface IMediaNode
{
    /// <summary>Whether every shard runs.</summary>
    bool IsHealthy { get; }

    /// <summary>SHA-256 of the certificate that every shard shows in DTLS, 32 bytes.</summary>
    ReadOnlyMemory<byte> Fingerprint { get; }

    /// <summary>Every address and port at which the shards receive media.</summary>
    IReadOnlyList<TransportAddress> Addresses { get; }

    /// <summary>Whose ICE user fragment it is, of the transports that are open on this node; null when there is none.</summary>
    UfragOwner? FindOwner(string ufrag);

    /// <summary>Opens a meeting's room on the shard with the least to do.</summary>
    /// <exception cref="Problems.ProblemException">No shard can take it.</exception>
    IShardRoom OpenRoom(string meeting);

    /// <summary>The shards' counters as of the last second.</summary>
    IReadOnlyList<ShardSnapshot> Snapshot();

    /// <summary>Opens a relay link on the shard with this UDP port; it has a new id.</summary>
    /// <exception cref="Problems.ProblemException">The shard cannot take it, or there is none with this port.</exception>
    IRelayLink OpenLink(int port, RelayEnds ends);
}
