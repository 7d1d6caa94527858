namespace Parley.Sfu.Rooms;

/// <summary>A room on a shard; the control plane gives the number and knows the meeting behind it.</summary>
public readonly record struct RoomId(long Value);
