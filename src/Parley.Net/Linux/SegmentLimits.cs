namespace Parley.Net.Linux;

/// <summary>What the kernel accepts as a run of datagrams (GSO).</summary>
internal static class SegmentLimits
{
    /// <summary><c>UDP_MAX_SEGMENTS</c> of older kernels; newer ones take 128.</summary>
    internal const int MaximumRun = 64;

    /// <summary>The most bytes in a run: what one IPv6 datagram could hold.</summary>
    internal const int MaximumRunBytes = 65_000;

    /// <summary>The longest datagram that is put into runs: one segment must fit the path's MTU unfragmented, and 1,500 less the IPv6 and UDP headers is the usual one.</summary>
    internal const int MaximumSegment = 1452;
}
