using Parley.Rtc.Primitives;

namespace Parley.Rtc.Turn;

/// <summary>The peer of an allocation.</summary>
/// <param name="Address">A shard's address and port.</param>
/// <param name="Channel">Its channel number; 0: none.</param>
/// <param name="ChannelUntil">Until when the channel holds.</param>
internal sealed record TurnPeer(TransportAddress Address, ushort Channel, MonotonicTime ChannelUntil);
