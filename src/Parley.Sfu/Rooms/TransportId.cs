namespace Parley.Sfu.Rooms;

/// <summary>One peer connection to a shard; unique on a node, and never used again.</summary>
public readonly record struct TransportId(long Value);
