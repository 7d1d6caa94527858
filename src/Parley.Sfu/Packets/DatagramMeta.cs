using Parley.Rtc.Primitives;

namespace Parley.Sfu.Packets;

/// <summary>What the shell knows about a received datagram.</summary>
/// <param name="Source">The peer's address.</param>
/// <param name="Arrival">When it was received.</param>
public readonly record struct DatagramMeta(TransportAddress Source, MonotonicTime Arrival);
