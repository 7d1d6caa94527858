using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

public sealed class BatchTests
{
    private const int Packets = 400;

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Received_together_or_one_by_one_everybody_gets_the_same(int together)
    {
        Dictionary<TransportAddress, byte[][]> alone = Run(1);
        Dictionary<TransportAddress, byte[][]> batched = Run(together);
        Assert.Equal(alone.Keys.Order(_byText), batched.Keys.Order(_byText));
        foreach ((TransportAddress destination, byte[][] datagrams) in alone)
        {
            Assert.True(datagrams.Length > Packets / 4);
            Assert.Equal(datagrams, batched[destination]);
        }
    }

    [Fact]
    public void One_receivers_datagrams_of_a_frame_follow_each_other()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        for (int i = 0; i < 3; i++)
            meeting.View($"viewer{i}", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);
        meeting.Shard.Wire.Datagrams.Clear();

        meeting.Shard.DeliverTogether([.. Enumerable.Range(0, 4).Select(_ => (ada.Peer.Address, ada.Peer.Protect(ada.Video.Next())))]);

        TransportAddress[] order = [.. meeting.Shard.Wire.Datagrams.Select(datagram => datagram.Destination)];
        Assert.Equal(12, order.Length);
        Assert.All(order.Chunk(4), run => Assert.Single(run.Distinct()));
    }

    [Fact]
    public void A_fault_among_packets_that_waited_ends_their_room_and_no_other()
    {
        var first = new TestMeeting();
        var second = new TestMeeting(shard: first.Shard, room: 2);
        TestPublisher ada = first.Publish("ada");
        SimulatedPeer viewer = first.View("bob", audio: 0, video: 1);
        TestPublisher eve = second.Publish("eve");
        SimulatedPeer other = second.View("dan", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);
        eve.Video.Send(isKeyFrame: true);
        first.Shard.Wire.Poisoned = viewer.Address;

        // Eve's packet makes Ada's go out, and the fault comes then.
        first.Shard.DeliverTogether(
        [
            (ada.Peer.Address, ada.Peer.Protect(ada.Video.Next())),
            (eve.Peer.Address, eve.Peer.Protect(eve.Video.Next())),
            (eve.Peer.Address, eve.Peer.Protect(eve.Video.Next())),
        ]);

        Assert.Equal(first.Room, Assert.Single(first.Shard.EventsOf<FaultContained>()).Room);
        Assert.All(first.Shard.EventsOf<TransportClosed>(), closed => Assert.Equal(first.Room, closed.Room));
        first.Shard.Pump();
        Assert.Equal(2, other.VideoPackets().Length);
    }

    [Fact]
    public void Packets_that_waited_give_their_buffers_back()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada", "q", "h", "f");
        meeting.View("bob", audio: 1, video: 1);
        meeting.Shard.DeliverTogether([.. ada.Layers.Select(layer => (ada.Peer.Address, ada.Peer.Protect(layer.Next(isKeyFrame: true))))]);
        meeting.Shard.Command(new CloseRoom(meeting.Room));
        Assert.Equal(meeting.Shard.Pool.Capacity, meeting.Shard.Pool.Available);
    }

    private static readonly Comparer<TransportAddress> _byText = Comparer<TransportAddress>.Create((left, right) => string.CompareOrdinal(left.ToString(), right.ToString()));

    // Two rooms, a publisher with three layers, key frames now and then, some packets lost and swapped: what each destination got, in its order.
    private static Dictionary<TransportAddress, byte[][]> Run(int together)
    {
        var first = new TestMeeting();
        var second = new TestMeeting(shard: first.Shard, room: 2);
        TestPublisher ada = first.Publish("ada", "q", "h", "f");
        TestPublisher eve = second.Publish("eve");
        for (int i = 0; i < 3; i++)
        {
            first.View($"viewer{i}", audio: 1, video: 1);
            second.View($"other{i}", audio: 1, video: 1);
        }

        first.Shard.Wire.Datagrams.Clear();
        List<(TransportAddress, byte[])> sent = [];
        for (int i = 0; i < Packets; i++)
        {
            foreach (Vp8Source layer in ada.Layers)
                sent.Add((ada.Peer.Address, ada.Peer.Protect(layer.Next(isKeyFrame: i % 90 == 0))));
            sent.Add((eve.Peer.Address, eve.Peer.Protect(eve.Video.Next(isKeyFrame: i % 70 == 0))));
            if (i % 5 == 0)
                sent.Add((ada.Peer.Address, ada.Peer.Protect(ada.Audio.Next())));
        }

        for (int i = 10; i + 1 < sent.Count; i += 13)
            (sent[i], sent[i + 1]) = (sent[i + 1], sent[i]);
        for (int i = sent.Count - 7; i > 0; i -= 31)
            sent.RemoveAt(i);
        foreach ((TransportAddress, byte[])[] batch in sent.Chunk(together))
            first.Shard.DeliverTogether(batch);
        return first.Shard.Wire.Datagrams.GroupBy(datagram => datagram.Destination).ToDictionary(group => group.Key, group => group.Select(datagram => datagram.Bytes).ToArray());
    }
}
