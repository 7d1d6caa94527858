using Parley.Rtc.Primitives;

namespace Parley.Sfu.Rooms;

/// <summary>When a transport's reports are due. The intervals are fixed: a transport has one peer, so RTCP never takes a share worth bounding (RFC 4585 section 3).</summary>
public sealed class RtcpSchedule
{
    /// <summary>The time between two rounds of sender and receiver reports.</summary>
    public static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    /// <summary>When the next round of reports is due.</summary>
    public MonotonicTime NextReport { get; set; } = MonotonicTime.Never;

    /// <summary>Counts transport-wide feedback packets.</summary>
    public byte FeedbackCount { get; set; }

    /// <summary>Counts full intra requests.</summary>
    public byte FullIntraCount { get; set; }
}
