using Parley.Rtc.Primitives;

namespace Parley.Net.Loops;

/// <summary>Passes exceptions out of the engine on, at most one a second: a bug that every packet meets must not become a flood of log lines.</summary>
internal sealed class ExceptionReporter(LoopCounters counters, Action<Exception>? report)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private MonotonicTime _next;

    /// <summary>Counts an exception and passes it on when its turn has come.</summary>
    public void Report(Exception exception, MonotonicTime now)
    {
        counters.Exceptions++;
        if (report is null || now < _next)
            return;
        _next = now + Interval;
        report(exception);
    }
}
