namespace Parley.Sfu.Tests;

internal readonly record struct SenderReport(uint Ssrc, ulong Ntp, uint Timestamp, uint Packets);
