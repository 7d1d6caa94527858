namespace Parley.Server.Hosting;

/// <summary>
/// The system's clock, whose timers for housekeeping coincide: what is due in about a second or more, or comes back, fires at whole multiples of <see cref="Grid"/> only.
/// A silo that is alone has nobody to probe; each of its dozen polls would wake an idle core by itself, ten and more times a second, at the packets' cost.
/// </summary>
internal sealed class UnhurriedTime : TimeProvider
{
    /// <summary>The time between two firings: from 3 s on a silo would count its own timers as late.</summary>
    public static readonly TimeSpan Grid = TimeSpan.FromSeconds(2);

    // Shorter single waits are somebody's who waits for the end of them. Polls of a second come as the second less the time since it began.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.9);

    /// <inheritdoc />
    public override long TimestampFrequency => System.TimestampFrequency;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => System.LocalTimeZone;

    /// <inheritdoc />
    public override long GetTimestamp() => System.GetTimestamp();

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Coinciding(System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), dueTime, period);

    /// <summary>The wait that is made of a timer's due time and period when its clock stands at <paramref name="now"/>.</summary>
    internal static (TimeSpan Due, TimeSpan Period) Round(TimeSpan due, TimeSpan period, TimeSpan now)
    {
        bool comesBack = period > TimeSpan.Zero;
        if (due > TimeSpan.Zero && (comesBack || due >= Patience))
            due = UpToGrid(now + due) - now;
        return (due, comesBack ? UpToGrid(period) : period);
    }

    private static TimeSpan UpToGrid(TimeSpan time) => new((time.Ticks + Grid.Ticks - 1) / Grid.Ticks * Grid.Ticks);

    private static TimeSpan Now => TimeSpan.FromMilliseconds(Environment.TickCount64);

    private sealed class Coinciding : ITimer
    {
        private readonly ITimer _timer;

        public Coinciding(ITimer timer, TimeSpan dueTime, TimeSpan period)
        {
            _timer = timer;
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            (TimeSpan due, TimeSpan repeated) = Round(dueTime, period, Now);
            return _timer.Change(due, repeated);
        }

        public void Dispose() => _timer.Dispose();

        public ValueTask DisposeAsync() => _timer.DisposeAsync();
    }
}
