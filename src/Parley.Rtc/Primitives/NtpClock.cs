namespace Parley.Rtc.Primitives;

/// <summary>
/// Ties the monotonic clock to NTP time by a fixed offset, so that our sender reports never jump when the machine's clock is set. Peers use only differences.
/// </summary>
/// <param name="OffsetTicks">What to add to a monotonic time for ticks of 100 ns since 1900.</param>
public readonly record struct NtpClock(long OffsetTicks)
{
    /// <summary>Makes a clock from one pair read together: a monotonic time and 100 ns ticks of Unix time.</summary>
    public static NtpClock FromUnixTicks(MonotonicTime at, long unixTicks) =>
        new(unixTicks + (NtpTime.UnixEpochSeconds * TimeSpan.TicksPerSecond) - at.Ticks);

    /// <summary>The NTP time of a monotonic time.</summary>
    public NtpTime ToNtp(MonotonicTime time) => NtpTime.FromTicks(time.Ticks + OffsetTicks);

    /// <summary>
    /// The round trip that a report block shows: now, less the time of our last sender report, less what the peer waited (RFC 3550 section 6.4.1).
    /// Null when the block names no sender report; zero where rounding would make it negative.
    /// </summary>
    public TimeSpan? RoundTrip(MonotonicTime now, uint lastSenderReport, uint delay)
    {
        if (lastSenderReport == 0)
            return null;
        int units = (int)(ToNtp(now).Compact - delay - lastSenderReport);
        return units <= 0 ? TimeSpan.Zero : NtpTime.FromCompactDuration((uint)units);
    }
}
