using System.Buffers.Binary;
using Parley.Net.Clients;
using Parley.Net.Clocks;
using Parley.Net.Shards;
using Parley.Net.Tests.Kit;

namespace Parley.Net.Tests.Clients;

public sealed class UdpSocketSetTests
{
    private const int Sockets = 100;
    private const int Each = 30;

    public static TheoryData<ShellKind> ShellKinds => Shells.All;

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task Each_socket_gets_its_own_answers_in_order(ShellKind shell)
    {
        await using ShardHost host = Shells.StartEcho(Shells.On(shell), out _);
        using var set = new UdpSocketSet(IPAddress.Loopback, Sockets, shell);
        TransportAddress server = TransportAddress.From(host.LocalEndPoint);
        var handler = new Collector(new List<int>[Sockets]);
        Assert.Equal(Sockets, Enumerable.Range(0, Sockets).Select(i => set.LocalEndPoint(i).Port).Distinct().Count());
        for (int frame = 0; frame < Each; frame += 3)
        {
            for (int socket = 0; socket < Sockets; socket++)
                SendThree(set.Sink(socket), server, socket, frame);
            MonotonicTime end = MonotonicClock.Shared.Now + TimeSpan.FromSeconds(10);
            while (handler.Total < Sockets * (frame + 3) && MonotonicClock.Shared.Now < end)
                set.Turn(end, ref handler);
        }

        Assert.All(handler.Received, numbers => Assert.Equal(Enumerable.Range(0, Each), numbers));
        Assert.All(handler.Sources, source => Assert.Equal(server, source));
        Assert.Equal(Sockets * Each, set.Counters.DatagramsSent);
        Assert.Empty(set.Counters.Drops);
    }

    [Theory, MemberData(nameof(ShellKinds))]
    public async Task A_turn_ends_at_its_time_and_when_woken(ShellKind shell)
    {
        using var set = new UdpSocketSet(IPAddress.Loopback, 3, shell);
        var handler = new Collector(new List<int>[3]);
        MonotonicTime until = MonotonicClock.Shared.Now + TimeSpan.FromMilliseconds(20);
        set.Turn(until, ref handler);
        Assert.True(MonotonicClock.Shared.Now >= until);

        Task turns = Task.Run(() => set.Turn(MonotonicTime.Never, ref handler));
        set.Wake();
        await turns.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_datagram_arrives_when_the_kernel_has_it_however_late_it_is_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux says when a datagram arrived.");
        using var set = new UdpSocketSet(IPAddress.Loopback, 1, ShellKind.Linux);
        using var sender = new UdpClient();
        MonotonicTime before = MonotonicClock.Shared.Now;
        sender.Send(new byte[10], set.LocalEndPoint(0));
        MonotonicTime sent = MonotonicClock.Shared.Now;
        SpinWait.SpinUntil(() => MonotonicClock.Shared.Now - sent > TimeSpan.FromMilliseconds(30));
        var handler = new Latest();
        set.Turn(MonotonicClock.Shared.Now + TimeSpan.FromSeconds(10), ref handler);

        // The two clocks are read one after the other.
        TimeSpan doubt = TimeSpan.FromMilliseconds(10);
        Assert.InRange(handler.Arrival!.Value.Microseconds, (before - doubt).Microseconds, (sent + doubt).Microseconds);
    }

    private static void SendThree(ClientSink sink, TransportAddress server, int socket, int first)
    {
        for (int i = first; i < first + 3; i++)
        {
            Span<byte> room = sink.Reserve(800);
            BinaryPrimitives.WriteInt32BigEndian(room, socket);
            BinaryPrimitives.WriteInt32BigEndian(room[4..], i);
            sink.Commit(in server, 800);
        }
    }

    private struct Latest : IClientHandler
    {
        public MonotonicTime? Arrival { get; private set; }

        public void HandleDatagram(int socket, TransportAddress source, MonotonicTime arrival, Span<byte> datagram) => Arrival = arrival;
    }

    private struct Collector(List<int>[] received) : IClientHandler
    {
        public List<int>[] Received { get; } = received;

        public HashSet<TransportAddress> Sources { get; } = [];

        public int Total { get; private set; }

        public void HandleDatagram(int socket, TransportAddress source, MonotonicTime arrival, Span<byte> datagram)
        {
            Assert.Equal(800, datagram.Length);
            Assert.Equal(socket, BinaryPrimitives.ReadInt32BigEndian(datagram));
            (Received[socket] ??= []).Add(BinaryPrimitives.ReadInt32BigEndian(datagram[4..]));
            Sources.Add(source);
            Total++;
        }
    }
}
