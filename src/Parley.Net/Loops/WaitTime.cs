using Parley.Rtc.Primitives;

namespace Parley.Net.Loops;

/// <summary>Reckons how long a loop waits, and how late it came back.</summary>
internal static class WaitTime
{
    private const int LongestMilliseconds = 60_000;

    /// <summary>Whole milliseconds until a time, rounded up so that the loop does not turn in vain just before it.</summary>
    public static int Milliseconds(MonotonicTime until, MonotonicTime now)
    {
        if (until <= now)
            return 0;
        long ticks = until.Ticks - now.Ticks;
        long milliseconds = (ticks / TimeSpan.TicksPerMillisecond) + (ticks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
        return (int)Math.Min(milliseconds, LongestMilliseconds);
    }

    /// <summary>How long after <paramref name="until"/> a wait that began at <paramref name="before"/> returned at <paramref name="after"/>; zero when something came earlier.</summary>
    public static TimeSpan Lateness(MonotonicTime before, MonotonicTime until, MonotonicTime after)
    {
        MonotonicTime due = until > before ? until : before;
        return after > due ? after - due : TimeSpan.Zero;
    }
}
