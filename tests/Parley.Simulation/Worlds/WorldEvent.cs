using Parley.Rtc.Primitives;
using Parley.Simulation.Peers;

namespace Parley.Simulation.Worlds;

/// <summary>What happens at a time: a datagram arrives, or the script goes on.</summary>
/// <param name="Buffer">The datagram's buffer; null for the script.</param>
/// <param name="Length">Bytes of the datagram.</param>
/// <param name="Source">Where the datagram comes from.</param>
/// <param name="Receiver">Who receives it; null for a shard.</param>
/// <param name="Node">The shard that receives it; null for a peer.</param>
/// <param name="Script">What the script does.</param>
public readonly record struct WorldEvent(byte[]? Buffer, int Length, TransportAddress Source, Peer? Receiver, WorldNode? Node, Action? Script);
