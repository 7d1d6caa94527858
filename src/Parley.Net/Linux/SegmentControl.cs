using System.Runtime.InteropServices;

namespace Parley.Net.Linux;

/// <summary>The control message that tells the kernel at which length to cut a run: <c>struct cmsghdr</c> with a 16-bit <c>UDP_SEGMENT</c>.</summary>
[StructLayout(LayoutKind.Sequential, Size = SpaceBytes)]
internal struct SegmentControl
{
    /// <summary><c>CMSG_SPACE(2)</c>.</summary>
    internal const int SpaceBytes = 24;

    // CMSG_LEN(2).
    private const int LengthBytes = 18;

    internal nuint Length;
    internal int Level;
    internal int Type;
    internal ushort SegmentBytes;

    /// <summary>The message for segments of this many bytes.</summary>
    internal static SegmentControl For(int segmentBytes) => new()
    {
        Length = LengthBytes,
        Level = LinuxConstants.LevelUdp,
        Type = LinuxConstants.UdpSegment,
        SegmentBytes = (ushort)segmentBytes,
    };
}
