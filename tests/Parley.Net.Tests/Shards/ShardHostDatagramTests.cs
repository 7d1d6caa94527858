using System.Buffers.Binary;
using Parley.Net.Shards;
using Parley.Net.Tests.Kit;

namespace Parley.Net.Tests.Shards;

public sealed class ShardHostDatagramTests
{
    public static TheoryData<ShellKind> ShellKinds => Shells.All;

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task Datagrams_of_one_source_keep_their_order_through_batches(ShellKind shell)
    {
        const int Count = 200;
        await using ShardHost host = ShardHostFactory.Create(Shells.On(shell), (pool, _) => new EchoEngine(pool), null);
        using var peer = new Peer(IPAddress.Loopback, host.LocalPort);
        byte[] datagram = new byte[100];
        for (int i = 0; i < Count; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(datagram, i);
            peer.Send(datagram);
        }

        // Started late, so that all wait and full batches are received.
        host.Start();
        for (int i = 0; i < Count; i++)
            Assert.Equal(i, BinaryPrimitives.ReadInt32BigEndian(peer.Receive()));
        Assert.False(peer.HasMore);
    }

    [Fact]
    public async Task An_idle_shard_lets_datagrams_gather_and_receives_them_at_once()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int Frame = 40;
        ShardHostSettings settings = Shells.On(ShellKind.Linux) with { GatherTime = TimeSpan.FromMilliseconds(300) };
        await using ShardHost host = Shells.StartEcho(settings, out EchoEngine engine);
        using var peer = new Peer(IPAddress.Loopback, host.LocalPort);
        peer.Send(new byte[100]);
        peer.Receive();
        for (int i = 0; i < Frame; i++)
            peer.Send(new byte[100]);
        await Until.True(() => engine.Handled == Frame + 1);

        // Two for the first datagram, before and after the pause; two or three for the frame: it may have begun before the loop was idle.
        Assert.InRange(host.Counters.ReceiveCalls, 3, 5);
    }

    [Fact]
    public async Task An_idle_shard_waits_for_nothing_more_after_the_end_of_a_frame()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int Frames = 5;
        ShardHostSettings settings = Shells.On(ShellKind.Linux) with { GatherTime = TimeSpan.FromMilliseconds(300) };
        await using ShardHost host = Shells.StartEcho(settings, out EchoEngine _);
        using var peer = new Peer(IPAddress.Loopback, host.LocalPort);
        byte[] packet = new byte[100];
        (packet[0], packet[1]) = (0x80, 0xE0);
        for (int i = 0; i < Frames; i++)
        {
            peer.Send(packet);
            peer.Receive();
        }

        Assert.Equal(Frames, host.Counters.ReceiveCalls);
    }

    [Fact]
    public async Task What_the_kernel_had_no_room_for_is_counted()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int Sent = 3000;
        await using ShardHost host = ShardHostFactory.Create(Shells.On(ShellKind.Linux) with { SocketBufferBytes = 64 * 1024 }, (pool, _) => new EchoEngine(pool), null);
        using var peer = new Peer(IPAddress.Loopback, host.LocalPort);
        for (int i = 0; i < Sent; i++)
            peer.Send(new byte[100]);

        // Started late, so that the buffer has overflowed before anything is received.
        host.Start();
        await Until.True(() => host.Counters.DatagramsReceived + host.Counters.Drops.GetValueOrDefault(ShellDropReason.SocketFull) == Sent);
        Assert.InRange(host.Counters.DatagramsReceived, 65, Sent - 1);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task A_fan_out_delivers_every_datagram_whole_and_in_order_to_each_of_fifty_peers(ShellKind shell)
    {
        const int Frames = 20;
        int[] lengths = [1100, 1100, 1100, 1100, 1100, 333];
        TransportAddress[] destinations = [];
        await using ShardHost host = Shells.Start(Shells.On(shell), (pool, _) => new FanOutEngine(pool, destinations = new TransportAddress[50]));
        Peer[] peers = [.. Enumerable.Range(0, 50).Select(_ => new Peer(IPAddress.Loopback, host.LocalPort))];
        using var publisher = new Peer(IPAddress.Loopback, host.LocalPort);
        for (int i = 0; i < peers.Length; i++)
            destinations[i] = peers[i].Address;

        for (int frame = 0; frame < Frames; frame++)
        {
            foreach (int length in lengths)
                publisher.Send(Content(frame, length));
            foreach (Peer peer in peers)
            {
                foreach (int length in lengths)
                    Assert.True(peer.Receive().SequenceEqual(Content(frame, length)));
            }
        }

        Assert.All(peers, peer => Assert.False(peer.HasMore));
        foreach (Peer peer in peers)
            peer.Dispose();
        Assert.Empty(host.Counters.Drops);
        await Until.True(() => host.Counters.DatagramsSent == Frames * lengths.Length * peers.Length);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task Datagrams_of_1500_bytes_pass(ShellKind shell)
    {
        await using ShardHost host = Shells.StartEcho(Shells.On(shell), out _);
        using var peer = new Peer(IPAddress.Loopback, host.LocalPort);
        for (int i = 0; i < 10; i++)
            peer.Send(Content(i, 1500));
        for (int i = 0; i < 10; i++)
            Assert.True(peer.Receive().SequenceEqual(Content(i, 1500)));
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task Too_long_and_empty_datagrams_are_dropped_with_their_reason(ShellKind shell)
    {
        await using ShardHost host = Shells.StartEcho(Shells.On(shell), out _);
        using var peer = new Peer(IPAddress.Loopback, host.LocalPort);
        peer.Send(new byte[3000]);
        peer.Send([]);
        peer.Send([7]);
        Assert.Equal(7, peer.Receive()[0]);
        Assert.False(peer.HasMore);
        var drops = host.Counters.Drops;
        Assert.Equal(1, drops[ShellDropReason.Truncated]);
        Assert.Equal(1, drops[ShellDropReason.Empty]);
        Assert.Equal(2, drops.Count);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task The_thread_allocates_nothing_over_100_000_datagrams(ShellKind shell)
    {
        const int WarmUp = 40_000;
        const int Measured = 100_000;
        const int Window = 50;
        await using ShardHost host = Shells.StartEcho(Shells.On(shell), out EchoEngine engine, WarmUp, WarmUp + Measured);
        using var peer = new Peer(IPAddress.Loopback, host.LocalPort);
        byte[] datagram = new byte[300];
        for (int sent = 0; sent < WarmUp + Measured; sent += Window)
        {
            for (int i = 0; i < Window; i++)
                peer.Send(datagram);
            for (int i = 0; i < Window; i++)
                peer.Receive();
        }

        // The portable shell sends the echo before the engine has counted it.
        await Until.True(() => engine.Handled == WarmUp + Measured);
        // A collection in between cuts the thread's allocation area and shifts the figure by some bytes either way; an object a datagram would be 2.4 MB at least.
        Assert.InRange(engine.Allocated, -1024, 1024);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task IPv6_works_and_a_dual_socket_serves_both_families(ShellKind shell)
    {
        if (!Socket.OSSupportsIPv6)
            return;
        await using ShardHost host = Shells.StartEcho(Shells.On(shell) with { BindAddress = IPAddress.IPv6Any }, out _);
        using var six = new Peer(IPAddress.IPv6Loopback, host.LocalPort);
        using var four = new Peer(IPAddress.Loopback, host.LocalPort);
        six.Send([6]);
        Assert.Equal(6, six.Receive()[0]);
        four.Send([4]);
        Assert.Equal(4, four.Receive()[0]);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task A_destination_of_the_wrong_family_is_dropped_with_its_reason(ShellKind shell)
    {
        TransportAddress six = TransportAddress.From(IPAddress.IPv6Loopback, 9);
        using var received = new Peer(IPAddress.Loopback, 9);
        await using ShardHost host = Shells.Start(Shells.On(shell), (pool, _) => new FanOutEngine(pool, [six, six, received.Address]));
        using var peer = new Peer(IPAddress.Loopback, host.LocalPort);
        peer.Send([1]);
        Assert.Equal(1, received.Receive()[0]);
        Assert.Equal(2, host.Counters.Drops[ShellDropReason.Unroutable]);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task A_closed_port_of_a_peer_does_not_disturb_the_others(ShellKind shell)
    {
        using var alive = new Peer(IPAddress.Loopback, 9);
        var gone = new Peer(IPAddress.Loopback, 9);
        TransportAddress[] destinations = [gone.Address, alive.Address];
        gone.Dispose();
        await using ShardHost host = Shells.Start(Shells.On(shell), (pool, _) => new FanOutEngine(pool, destinations));
        using var publisher = new Peer(IPAddress.Loopback, host.LocalPort);
        for (byte i = 0; i < 50; i++)
        {
            publisher.Send([i]);
            Assert.Equal(i, alive.Receive()[0]);
        }
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task An_engine_that_keeps_all_buffers_costs_datagrams_not_the_loop(ShellKind shell)
    {
        await using ShardHost host = Shells.Start(Shells.On(shell) with { PacketBuffers = 80 }, (pool, _) => new KeepingEngine(pool));
        using var peer = new Peer(IPAddress.Loopback, host.LocalPort);
        for (int i = 0; i < 300; i++)
            peer.Send([1]);
        await Until.True(() => host.Counters.DatagramsReceived == 300);
        Assert.Equal(220, host.Counters.Drops[ShellDropReason.NoBuffer]);

        host.Post(new OpenRoom(default));
        await Until.True(() =>
        {
            peer.Send([2]);
            return peer.HasMore;
        });
    }

    private static byte[] Content(int seed, int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)((seed * 31) + (i * 7) + length);
        return bytes;
    }
}
