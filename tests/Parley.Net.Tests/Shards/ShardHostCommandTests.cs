using System.Collections.Concurrent;
using Parley.Net.Shards;
using Parley.Net.Tests.Kit;

namespace Parley.Net.Tests.Shards;

public sealed class ShardHostCommandTests
{
    public static TheoryData<ShellKind> ShellKinds => Shells.All;

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task Commands_of_eight_threads_arrive_once_each_in_the_order_of_their_thread(ShellKind shell)
    {
        const int Threads = 8;
        const int Each = 2000;
        var seen = new ConcurrentQueue<(int Thread, int Number)>();
        var engine = new ScriptedEngine { OnCommand = (_, command) => seen.Enqueue(((NumberedCommand)command).Key) };
        await using ShardHost host = Shells.Start(Shells.On(shell), (_, _) => engine);
        Thread[] posters = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() => PostAll(host, thread, Each)))];
        foreach (Thread poster in posters)
            poster.Start();
        foreach (Thread poster in posters)
            poster.Join();
        await Until.True(() => seen.Count == Threads * Each);
        foreach (var group in seen.GroupBy(key => key.Thread))
            Assert.Equal(Enumerable.Range(0, Each), group.Select(key => key.Number));
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task A_full_mailbox_refuses_and_counts(ShellKind shell)
    {
        await using ShardHost host = ShardHostFactory.Create(Shells.On(shell) with { MailboxCapacity = 3 }, (_, _) => new ScriptedEngine(), null);
        for (int i = 0; i < 3; i++)
            Assert.True(host.Post(new OpenRoom(default)));
        Assert.False(host.Post(new OpenRoom(default)));
        Assert.Equal(1, host.Counters.CommandsRefused);
        host.Start();
        await Until.True(() => host.Post(new OpenRoom(default)));
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task Stop_carries_out_what_was_posted_then_ends_thread_socket_and_events(ShellKind shell)
    {
        int handled = 0;
        var engine = new ScriptedEngine { OnCommand = (self, _) => { handled++; self.Tell(new TransportConnected(default, default)); } };
        await using ShardHost host = Shells.Start(Shells.On(shell), (_, _) => engine);
        for (int i = 0; i < 1000; i++)
            Assert.True(host.Post(new OpenRoom(default)));
        Assert.True(host.Stop());
        Assert.False(host.IsRunning);
        Assert.Equal(1000, handled);
        Assert.False(host.Post(new OpenRoom(default)));
        int events = 0;
        await foreach (ShardEvent _ in host.Events.ReadAllAsync())
            events++;
        Assert.Equal(1000, events);
        using var again = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        again.Bind(host.LocalEndPoint);
        Assert.True(host.Stop());
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task A_shard_that_never_started_gives_its_port_back(ShellKind shell)
    {
        ShardHost host = ShardHostFactory.Create(Shells.On(shell), (_, _) => new ScriptedEngine(), null);
        Assert.InRange(host.LocalPort, 1, 65_535);
        await host.DisposeAsync();
        using var again = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        again.Bind(host.LocalEndPoint);
        Assert.Throws<ObjectDisposedException>(host.Start);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task A_taken_port_is_a_clear_error(ShellKind shell)
    {
        await using ShardHost host = Shells.StartEcho(Shells.On(shell), out _);
        var error = Assert.Throws<SocketException>(() => Shells.StartEcho(Shells.On(shell) with { Port = host.LocalPort }, out _));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.SocketErrorCode);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task The_automatic_choice_is_the_fastest_shell(ShellKind shell)
    {
        await using ShardHost host = ShardHostFactory.Create(Shells.On(shell), (_, _) => new ScriptedEngine(), null);
        await using ShardHost automatic = ShardHostFactory.Create(Shells.On(ShellKind.Automatic), (_, _) => new ScriptedEngine(), null);
        Assert.Equal(shell, host.Shell);
        Assert.Equal(OperatingSystem.IsLinux() ? ShellKind.Linux : ShellKind.Portable, automatic.Shell);
    }

    private static void PostAll(ShardHost host, int thread, int count)
    {
        for (int i = 0; i < count; i++)
        {
            while (!host.Post(new NumberedCommand((thread, i))))
                Thread.Yield();
        }
    }

    private sealed record NumberedCommand((int Thread, int Number) Key) : ShardCommand;
}
