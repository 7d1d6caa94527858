using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Sfu.Packets;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Relays;

public sealed class RelayAllocationTests
{
    private const int Subscribers = 20;
    private const int WarmUp = 2_000;
    private const int Packets = 8_000;
    private const int Attempts = 3;

    private readonly byte[] _room = new byte[2048];

    [Fact]
    public void A_packet_that_crosses_a_link_allocates_nothing_on_either_side()
    {
        var pair = new RelayPair().Join();
        TestPublisher ada = pair.First.Publish("ada");
        for (int i = 0; i < Subscribers; i++)
            pair.Second.View($"viewer{i}", audio: 0, video: 1);
        for (int i = 0; i < 3; i++)
        {
            ada.Video.Send(isKeyFrame: true);
            pair.Run(TimeSpan.FromMilliseconds(320));
        }

        MonotonicTime now = pair.First.Shard.Now > pair.Second.Shard.Now ? pair.First.Shard.Now : pair.Second.Shard.Now;
        List<byte[]> crossed = [];
        byte[][] packets = Protect(ada, WarmUp);
        Send(pair, ada, packets, now, crossed);
        now = Receive(pair, crossed, now, out long sent);
        Assert.True(sent >= WarmUp * Subscribers, $"{sent} packets came out");

        (long first, long second) = (long.MaxValue, long.MaxValue);
        for (int attempt = 0; attempt < Attempts && (first != 0 || second != 0); attempt++)
        {
            packets = Protect(ada, Packets);
            // With room for all, since the list itself must not grow while it is measured.
            crossed = new List<byte[]>(Packets * 2);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Send(pair, ada, packets, now, crossed: null);
            first = Math.Min(first, Math.Abs(GC.GetAllocatedBytesForCurrentThread() - before));
            now += TimeSpan.FromTicks(300L * Packets);

            packets = Protect(ada, Packets);
            Send(pair, ada, packets, now, crossed);
            before = GC.GetAllocatedBytesForCurrentThread();
            now = Receive(pair, crossed, now, out sent);
            second = Math.Min(second, Math.Abs(GC.GetAllocatedBytesForCurrentThread() - before));
            Assert.True(sent >= Packets * Subscribers, $"{sent} packets came out");
        }

        Assert.Equal((0L, 0L), (first, second));
    }

    private static byte[][] Protect(TestPublisher publisher, int count) =>
        [.. Enumerable.Range(0, count).Select(i => publisher.Peer.Protect(publisher.Video.Next(isKeyFrame: i % 3000 == 0)))];

    private void Send(RelayPair pair, TestPublisher ada, byte[][] packets, MonotonicTime now, List<byte[]>? crossed)
    {
        var sink = new CrossingSink(_room, RelayPair.SecondAddress, crossed);
        foreach (byte[] packet in packets)
            Deliver(pair.First.Shard, ada.Peer.Address, packet, now += TimeSpan.FromTicks(300), ref sink);
    }

    private MonotonicTime Receive(RelayPair pair, List<byte[]> crossed, MonotonicTime now, out long sent)
    {
        var sink = new CountingSink(_room);
        foreach (byte[] packet in crossed)
            Deliver(pair.Second.Shard, RelayPair.FirstAddress, packet, now += TimeSpan.FromTicks(300), ref sink);
        sent = sink.Datagrams;
        return now;
    }

    private static void Deliver<TSink>(SimulatedShard shard, TransportAddress source, byte[] packet, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        int slot = shard.Pool.TryRent();
        packet.CopyTo(shard.Pool.Bytes(slot));
        shard.Core.HandleDatagram(new DatagramMeta(source, now), slot, packet.Length, ref sink);
        shard.Pool.Release(slot);
        if (shard.Core.NextDeadline <= now)
            shard.Core.HandleTimeout(now, ref sink);
    }

    /// <summary>Keeps the media that goes to an address.</summary>
    private readonly struct CrossingSink(byte[] room, TransportAddress address, List<byte[]>? crossed) : IDatagramSink
    {
        public Span<byte> Reserve(int length) => room.AsSpan(0, length);

        public void Commit(in TransportAddress destination, int length)
        {
            if (crossed is not null && destination == address && PacketDemultiplexer.Classify(room.AsSpan(0, length)) == PacketKind.Rtp)
                crossed.Add(room[..length]);
        }

        public void Pace()
        {
        }
    }
}
