using Parley.Rtc.Primitives;

namespace Parley.Sfu.Tracks;

/// <summary>
/// A publisher's wall clock against ours, from its sender reports: the smallest difference seen, since a report can only come late. All its tracks share one, so that what was
/// captured together stays together for subscribers.
/// </summary>
public sealed class SenderClock
{
    private readonly bool _isFixed;
    private long _offset = long.MaxValue;

    /// <summary>Makes a clock of which nothing is known.</summary>
    /// <param name="isFixed">
    /// Whether the first report decides for good, as for another shard's clock: layers begin to come at different times, and a difference that changed between two of them would set them
    /// apart. That the difference is too large by the first report's delay moves all alike.
    /// </param>
    public SenderClock(bool isFixed = false) => _isFixed = isFixed;

    /// <summary>Whether a report was seen.</summary>
    public bool IsKnown => _offset != long.MaxValue;

    /// <summary>Notes a report that says <paramref name="sent"/> and arrived at <paramref name="arrival"/>.</summary>
    public void OnReport(NtpTime sent, MonotonicTime arrival)
    {
        if (!_isFixed || !IsKnown)
            _offset = Math.Min(_offset, arrival.Ticks - sent.ToTicks());
    }

    /// <summary>How much time passed on the publisher's clock from <paramref name="sent"/> to our <paramref name="now"/>.</summary>
    public TimeSpan Since(NtpTime sent, MonotonicTime now) => new(now.Ticks - _offset - sent.ToTicks());
}
