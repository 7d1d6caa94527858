using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;
using Parley.Sfu.Shards;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

public sealed class AllocationTests
{
    private const int Subscribers = 50;
    private const int WarmUp = 2_000;
    private const int Packets = 20_000;
    private const int PacketsTogether = 5;
    private const int Attempts = 3;

    [Fact]
    public void A_million_forwarded_packets_allocate_nothing()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        for (int i = 0; i < Subscribers; i++)
            meeting.View($"viewer{i}", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);
        var sink = new CountingSink(new byte[2048]);
        MonotonicTime now = meeting.Shard.Now;
        Run(meeting.Shard, ada.Peer.Address, Protect(ada, WarmUp), ref now, ref sink);

        // The least of a few runs: a collection begun by another thread moves the runtime's figure by some hundred bytes.
        long allocated = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && allocated != 0; attempt++)
        {
            byte[][] packets = Protect(ada, Packets);
            long sent = sink.Datagrams;
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run(meeting.Shard, ada.Peer.Address, packets, ref now, ref sink);
            allocated = Math.Min(allocated, Math.Abs(GC.GetAllocatedBytesForCurrentThread() - before));
            Assert.True(sink.Datagrams - sent >= Packets * Subscribers);
        }

        Assert.Equal(0, allocated);
    }

    private static byte[][] Protect(TestPublisher publisher, int count) =>
        [.. Enumerable.Range(0, count).Select(i => publisher.Peer.Protect(publisher.Video.Next(isKeyFrame: i % 3000 == 0)))];

    // As the shell does it, a frame's packets together, at 33,000 packets a second so that the transports stay within their consent, and the shard called at its deadlines.
    private static void Run(SimulatedShard shard, TransportAddress source, ReadOnlySpan<byte[]> packets, ref MonotonicTime now, ref CountingSink sink)
    {
        ShardCore core = shard.Core;
        PacketPool pool = shard.Pool;
        int taken = 0;
        foreach (byte[] packet in packets)
        {
            now += TimeSpan.FromTicks(300);
            int slot = pool.TryRent();
            packet.CopyTo(pool.Bytes(slot));
            core.TakeDatagram(new DatagramMeta(source, now), slot, packet.Length, ref sink);
            pool.Release(slot);
            if (++taken % PacketsTogether != 0)
                continue;
            core.EndBatch(ref sink);
            if (core.NextDeadline <= now)
                core.HandleTimeout(now, ref sink);
        }
    }
}
