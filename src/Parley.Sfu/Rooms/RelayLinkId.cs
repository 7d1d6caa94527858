namespace Parley.Sfu.Rooms;

/// <summary>One relay link between two shards, named by the control plane; unique on a shard, and never used again.</summary>
public readonly record struct RelayLinkId(long Value);
