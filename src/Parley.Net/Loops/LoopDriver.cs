using Parley.Net.Clocks;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Net.Loops;

/// <summary>The part of a turn that does not depend on the kind of socket: calls into the engine, commands, deadlines, events, and what is done about an engine's bugs.</summary>
internal sealed class LoopDriver<TEngine>(TEngine engine, MonotonicClock clock, Mailbox mailbox, EventPump events, WakeLatch wake, LoopCounters counters, Action<Exception>? report)
    where TEngine : IShardEngine
{
    // Enough to catch up fast, few enough that datagrams are not kept waiting by a burst of joins.
    private const int CommandsPerTurn = 64;
    private static readonly TimeSpan HeldEventRetry = TimeSpan.FromMilliseconds(10);

    private readonly ExceptionReporter _reporter = new(counters, report);
    private TEngine _engine = engine;
    private SpinDetector _spin;

    /// <summary>The time now.</summary>
    public MonotonicTime Now => clock.Now;

    /// <summary>When the loop must not wait any longer.</summary>
    public MonotonicTime NextWake(MonotonicTime now)
    {
        if (!mailbox.IsEmpty)
            return now;
        MonotonicTime deadline = _engine.NextDeadline;
        if (deadline < _spin.NotBefore)
            deadline = _spin.NotBefore;
        return events.IsHolding ? MonotonicTime.Earlier(deadline, now + HeldEventRetry) : deadline;
    }

    /// <summary>Gives a datagram to the engine.</summary>
    public void HandleDatagram<TSink>(in DatagramMeta meta, int slot, int length, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        try
        {
            _engine.HandleDatagram(in meta, slot, length, ref sink);
        }
        catch (Exception exception)
        {
            _reporter.Report(exception, meta.Arrival);
        }
    }

    /// <summary>Ends a row of datagrams.</summary>
    public void EndBatch<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        try
        {
            _engine.EndBatch(ref sink);
        }
        catch (Exception exception)
        {
            _reporter.Report(exception, clock.Now);
        }
    }

    /// <summary>Commands, then timeouts when due, then events.</summary>
    public void RunTurn<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        counters.Turns++;
        MonotonicTime now = clock.Now;
        RunCommands(now, CommandsPerTurn, ref sink);
        RunTimeout(now, ref sink);
        PumpEvents(now);
    }

    /// <summary>Carries out what was posted before the stop, and ends the events.</summary>
    public void Finish<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        mailbox.Close();
        MonotonicTime now = clock.Now;
        RunCommands(now, int.MaxValue, ref sink);
        PumpEvents(now);
        events.Complete();
    }

    private void RunCommands<TSink>(MonotonicTime now, int most, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        for (int i = 0; i < most && mailbox.TryTake(out var command); i++)
        {
            try
            {
                _engine.HandleCommand(command, now, ref sink);
            }
            catch (Exception exception)
            {
                _reporter.Report(exception, now);
            }
        }
    }

    private void RunTimeout<TSink>(MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        bool due = _engine.NextDeadline <= now && _spin.NotBefore <= now;
        if (!wake.TakeTimeoutRequest() && !due)
            return;
        try
        {
            _engine.HandleTimeout(now, ref sink);
        }
        catch (Exception exception)
        {
            _reporter.Report(exception, now);
        }

        if (_spin.Observe(_engine.NextDeadline, now))
            counters.Spins++;
    }

    private void PumpEvents(MonotonicTime now)
    {
        try
        {
            events.Run(ref _engine);
        }
        catch (Exception exception)
        {
            _reporter.Report(exception, now);
        }
    }
}
