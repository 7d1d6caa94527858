using Parley.Net.Clocks;
using Parley.Net.Shards;
using Parley.Net.Tests.Kit;

namespace Parley.Net.Tests.Shards;

public sealed class ShardHostTimeTests
{
    public static TheoryData<ShellKind> ShellKinds => Shells.All;

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task Timeouts_are_handled_at_their_deadline_and_not_before(ShellKind shell)
    {
        var handled = new List<(MonotonicTime Deadline, MonotonicTime At)>();
        using var done = new ManualResetEventSlim();
        MonotonicTime deadline = MonotonicClock.Shared.Now;
        var engine = new ScriptedEngine { NextDeadline = deadline };
        engine.OnTimeout = now =>
        {
            handled.Add((deadline, now));
            if (handled.Count < 10)
                return deadline = now + TimeSpan.FromMilliseconds(5);
            done.Set();
            return MonotonicTime.Never;
        };
        await using ShardHost host = Shells.Start(Shells.On(shell), (_, _) => engine);
        Assert.True(done.Wait(TimeSpan.FromSeconds(10)));
        Assert.All(handled, entry => Assert.True(entry.At >= entry.Deadline));
        Assert.Equal(10, handled.Count);
        // No turn without a cause.
        Assert.InRange(host.Counters.Turns, 10, 25);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task A_wake_from_another_thread_brings_a_timeout(ShellKind shell)
    {
        using var woken = new SemaphoreSlim(0);
        Action? wake = null;
        var engine = new ScriptedEngine();
        engine.OnTimeout = _ =>
        {
            woken.Release();
            return MonotonicTime.Never;
        };
        await using ShardHost host = Shells.Start(Shells.On(shell), (_, wakeUp) =>
        {
            wake = wakeUp;
            return engine;
        });
        for (int i = 0; i < 20; i++)
        {
            wake!();
            Assert.True(await woken.WaitAsync(TimeSpan.FromSeconds(10)));
        }

        Assert.True(host.Stop());
        wake!();
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task A_deadline_that_stays_in_the_past_is_counted_and_does_not_take_the_processor(ShellKind shell)
    {
        int calls = 0;
        var engine = new ScriptedEngine { NextDeadline = MonotonicTime.Zero };
        engine.OnTimeout = _ =>
        {
            calls++;
            return MonotonicTime.Zero;
        };
        MonotonicTime start = MonotonicClock.Shared.Now;
        await using ShardHost host = Shells.Start(Shells.On(shell), (_, _) => engine);
        await Until.True(() => host.Counters.Spins >= 6);
        Assert.True(host.Stop());
        // 1 + 2 + 4 + 8 + 16 ms lie between six refusals.
        Assert.True(MonotonicClock.Shared.Now - start >= TimeSpan.FromMilliseconds(31));
        Assert.InRange(calls, 7, 20);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task Exceptions_out_of_the_engine_are_counted_and_reported_and_the_shard_goes_on(ShellKind shell)
    {
        int reported = 0;
        int calls = 0;
        var engine = new ScriptedEngine
        {
            OnDatagram = () =>
            {
                Interlocked.Increment(ref calls);
                throw new InvalidOperationException("a bug");
            },
            OnCommand = (_, _) => throw new InvalidOperationException("another"),
        };
        await using ShardHost host = Shells.Start(Shells.On(shell), (_, _) => engine, _ => Interlocked.Increment(ref reported));
        using var peer = new Peer(IPAddress.Loopback, host.LocalPort);
        for (int i = 0; i < 100; i++)
            peer.Send([1]);
        Assert.True(host.Post(new OpenRoom(default)));
        await Until.True(() => host.Counters.Exceptions == 101);
        Assert.Equal(100, calls);
        Assert.InRange(reported, 1, 5);
        Assert.True(host.IsRunning);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task The_longest_gap_of_the_loop_is_known(ShellKind shell)
    {
        var engine = new ScriptedEngine { OnCommand = (_, _) => Thread.Sleep(30) };
        await using ShardHost host = Shells.Start(Shells.On(shell), (_, _) => engine);
        Assert.True(host.Post(new OpenRoom(default)));
        await Until.True(() => host.Counters.LongGaps >= 1);
        Assert.True(host.Counters.LongestGap >= TimeSpan.FromMilliseconds(25));
    }
}
