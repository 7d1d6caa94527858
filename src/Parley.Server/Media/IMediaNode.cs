namespace Parley.Server.Media;

/// <summary>This node's shards, as the control plane sees them.</summary>
internal interface IMediaNode
{
    /// <summary>Whether every shard runs.</summary>
    bool IsHealthy { get; }

    /// <summary>Opens a room on the shard with the least to do.</summary>
    /// <exception cref="Problems.ProblemException">No shard can take it.</exception>
    IMediaRoom OpenRoom();

    /// <summary>The shards' counters as of the last second.</summary>
    IReadOnlyList<ShardSnapshot> Snapshot();
}
