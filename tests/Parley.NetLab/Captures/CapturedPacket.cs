namespace Parley.NetLab.Captures;

/// <summary>A packet that passed an interface.</summary>
/// <param name="Time">When, us of this process's monotonic clock.</param>
/// <param name="Bytes">From its IP header on.</param>
internal readonly record struct CapturedPacket(long Time, ReadOnlyMemory<byte> Bytes);
