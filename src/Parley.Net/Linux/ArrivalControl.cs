using System.Runtime.InteropServices;

namespace Parley.Net.Linux;

/// <summary>The control message that says when the kernel received a datagram: <c>struct cmsghdr</c> with the <c>timespec</c> of <c>SO_TIMESTAMPNS</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = SpaceBytes)]
internal struct ArrivalControl
{
    /// <summary><c>CMSG_SPACE(16)</c>.</summary>
    internal const int SpaceBytes = 32;

    internal nuint Length;
    internal int Level;
    internal int Type;
    internal long Seconds;
    internal long Nanoseconds;

    /// <summary>The time of day at arrival; null where the kernel gave none.</summary>
    internal readonly DateTime? Time =>
        Level == LinuxConstants.LevelSocket && Type == LinuxConstants.ReceiveTime
            ? DateTime.UnixEpoch.AddTicks((Seconds * TimeSpan.TicksPerSecond) + (Nanoseconds / TimeSpan.NanosecondsPerTick))
            : null;
}
