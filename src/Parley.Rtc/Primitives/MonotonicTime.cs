namespace Parley.Rtc.Primitives;

/// <summary>
/// A point on the monotonic clock of the shell that drives the protocol code, in ticks of 100 ns since an arbitrary start.
/// Protocol code is told the time; it never asks for it.
/// </summary>
/// <param name="Ticks">Ticks of 100 ns since the shell's start; never negative.</param>
public readonly record struct MonotonicTime(long Ticks) : IComparable<MonotonicTime>
{
    /// <summary>The start of the clock.</summary>
    public static MonotonicTime Zero => default;

    /// <summary>A deadline that is never reached: "nothing to do".</summary>
    public static MonotonicTime Never => new(long.MaxValue);

    /// <summary>Milliseconds since the start of the clock, rounded down.</summary>
    public long Milliseconds => Ticks / TimeSpan.TicksPerMillisecond;

    /// <summary>Microseconds since the start of the clock, rounded down.</summary>
    public long Microseconds => Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>Makes a time from whole milliseconds since the start of the clock.</summary>
    public static MonotonicTime FromMilliseconds(long milliseconds) => new(milliseconds * TimeSpan.TicksPerMillisecond);

    /// <summary>The earlier of two times.</summary>
    public static MonotonicTime Earlier(MonotonicTime left, MonotonicTime right) => left.Ticks <= right.Ticks ? left : right;

    /// <summary>
    /// The last multiple of <paramref name="grid"/> that is not later than this time. What is due on a common grid is due together, and wakes its thread once.
    /// </summary>
    public MonotonicTime RoundDown(TimeSpan grid) => Ticks == long.MaxValue ? Never : new(Ticks - (Ticks % grid.Ticks));

    /// <summary>The time <paramref name="duration"/> later; <see cref="Never"/> stays <see cref="Never"/>.</summary>
    public static MonotonicTime operator +(MonotonicTime time, TimeSpan duration) =>
        time.Ticks == long.MaxValue ? Never : new(time.Ticks + duration.Ticks);

    /// <summary>The time <paramref name="duration"/> earlier.</summary>
    public static MonotonicTime operator -(MonotonicTime time, TimeSpan duration) => new(time.Ticks - duration.Ticks);

    /// <summary>The duration from <paramref name="right"/> to <paramref name="left"/>.</summary>
    public static TimeSpan operator -(MonotonicTime left, MonotonicTime right) => new(left.Ticks - right.Ticks);

    /// <summary>Whether <paramref name="left"/> is before <paramref name="right"/>.</summary>
    public static bool operator <(MonotonicTime left, MonotonicTime right) => left.Ticks < right.Ticks;

    /// <summary>Whether <paramref name="left"/> is after <paramref name="right"/>.</summary>
    public static bool operator >(MonotonicTime left, MonotonicTime right) => left.Ticks > right.Ticks;

    /// <summary>Whether <paramref name="left"/> is not after <paramref name="right"/>.</summary>
    public static bool operator <=(MonotonicTime left, MonotonicTime right) => left.Ticks <= right.Ticks;

    /// <summary>Whether <paramref name="left"/> is not before <paramref name="right"/>.</summary>
    public static bool operator >=(MonotonicTime left, MonotonicTime right) => left.Ticks >= right.Ticks;

    /// <inheritdoc />
    public int CompareTo(MonotonicTime other) => Ticks.CompareTo(other.Ticks);

    /// <inheritdoc />
    public override string ToString() => Ticks == long.MaxValue ? "never" : $"{Ticks / (double)TimeSpan.TicksPerMillisecond:0.###} ms";
}
