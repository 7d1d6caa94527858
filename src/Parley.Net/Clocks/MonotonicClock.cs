using System.Diagnostics;
using Parley.Rtc.Primitives;

namespace Parley.Net.Clocks;

/// <summary>The clock that shells read for protocol code: monotonic, with the machine's best resolution. Safe from any thread.</summary>
public sealed class MonotonicClock
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>The process's clock, so that times of different shards can be compared.</summary>
    public static MonotonicClock Shared { get; } = new();

    /// <summary>The time now.</summary>
    public MonotonicTime Now => new(Stopwatch.GetElapsedTime(_start).Ticks);
}
