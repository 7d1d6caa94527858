using Parley.Rtc.Primitives;

namespace Parley.Sfu.Rooms;

/// <summary>When a transport's reports are due. The intervals are fixed: a transport has one peer, so RTCP never takes a share worth bounding (RFC 4585 section 3).</summary>
public sealed class RtcpSchedule
{
    /// <summary>The time between two rounds of sender and receiver reports.</summary>
    public static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    // Else each of a room's transports would wake the shard at a moment of its own, once a second.
    private static readonly TimeSpan Grid = TimeSpan.FromMilliseconds(100);

    /// <summary>When the round of reports after one at <paramref name="now"/> is due: a second later, less what makes it coincide with other transports' rounds.</summary>
    public static MonotonicTime After(MonotonicTime now) => (now + ReportInterval).RoundDown(Grid);

    /// <summary>When the next round of reports is due.</summary>
    public MonotonicTime NextReport { get; set; } = MonotonicTime.Never;

    /// <summary>Counts transport-wide feedback packets.</summary>
    public byte FeedbackCount { get; set; }

    /// <summary>Counts full intra requests.</summary>
    public byte FullIntraCount { get; set; }
}
