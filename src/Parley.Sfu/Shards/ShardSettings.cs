namespace Parley.Sfu.Shards;

/// <summary>The bounds of a shard; each has a drop reason or a refusal of its own.</summary>
public sealed record ShardSettings
{
    /// <summary>The most transports at once.</summary>
    public int MaximumTransports { get; init; } = 4096;

    /// <summary>The most events that wait to be taken before the oldest statistics are dropped.</summary>
    public int EventCapacity { get; init; } = 8192;
}
