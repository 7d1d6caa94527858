namespace Parley.Net.Linux;

/// <summary>Numbers of the Linux kernel's interface that are the same on x64 and arm64.</summary>
internal static class LinuxConstants
{
    internal const int AddressFamilyIPv4 = 2;
    internal const int AddressFamilyIPv6 = 10;
    internal const int SocketDatagram = 2;
    internal const int SocketNonBlocking = 0x800;
    internal const int SocketCloseOnExec = 0x80000;

    internal const int LevelSocket = 1;
    internal const int SendBuffer = 7;
    internal const int ReceiveBuffer = 8;
    internal const int SendBufferForce = 32;
    internal const int ReceiveBufferForce = 33;

    // SO_MEMINFO gives nine figures; the last, SK_MEMINFO_DROPS, is what found no room (linux/sock_diag.h).
    internal const int MemoryInfo = 55;
    internal const int MemoryInfoValues = 9;
    internal const int MemoryInfoDrops = 8;

    // SO_TIMESTAMPNS, the option and the kind of its control message: a timespec of CLOCK_REALTIME.
    internal const int ReceiveTime = 35;
    internal const int LevelIPv6 = 41;
    internal const int IPv6Only = 26;
    internal const int LevelUdp = 17;
    internal const int UdpSegment = 103;

    internal const int MessageTruncated = 0x20;
    internal const int MessageDontWait = 0x40;

    internal const int EpollAdd = 1;
    internal const int EpollModify = 3;
    internal const uint EpollIn = 1;
    internal const uint EpollOut = 4;
}
