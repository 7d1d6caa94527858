using Parley.Rtc.Primitives;

namespace Parley.Simulation;

/// <summary>A datagram on the simulated network.</summary>
public readonly record struct WireDatagram(TransportAddress Destination, byte[] Bytes);
