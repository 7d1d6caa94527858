using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

public sealed class IsolationTests
{
    [Fact]
    public void A_fault_in_one_room_ends_that_room_and_no_other()
    {
        var first = new TestMeeting();
        var second = new TestMeeting(shard: first.Shard, room: 2);
        TestPublisher ada = first.Publish("ada");
        SimulatedPeer viewer = first.View("bob", audio: 1, video: 0);
        TestPublisher eve = second.Publish("eve");
        SimulatedPeer other = second.View("dan", audio: 1, video: 0);
        first.Shard.Wire.Poisoned = viewer.Address;

        ada.Audio.Send();
        ada.Audio.Send();
        eve.Audio.Send();

        Assert.Equal(1, first.Shard.Drops(DropReason.Fault));
        FaultContained told = Assert.Single(first.Shard.EventsOf<FaultContained>());
        Assert.Equal(first.Room, told.Room);
        Assert.Contains("Exception", told.Detail, StringComparison.Ordinal);
        IReadOnlyList<TransportClosed> closed = first.Shard.EventsOf<TransportClosed>();
        Assert.Equal(2, closed.Count);
        Assert.All(closed, entry => Assert.Equal((first.Room, TransportCloseReason.Fault), (entry.Room, entry.Reason)));
        Assert.Single(other.AudioPackets());
        Assert.Equal(1, first.Shard.Drops(DropReason.MediaFromUnknownAddress));
    }

    [Fact]
    public void A_fault_while_time_passes_is_contained_too()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        ada.Audio.Send();
        meeting.Shard.Wire.Poisoned = ada.Peer.Address;

        meeting.Shard.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(1, meeting.Shard.Drops(DropReason.Fault));
        Assert.Equal(meeting.Shard.Pool.Capacity, meeting.Shard.Pool.Available);
    }

    [Fact]
    public void A_closed_room_ends_its_transports_and_gives_all_buffers_back()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada", "q", "h", "f");
        meeting.View("bob", audio: 1, video: 1);
        foreach (Vp8Source layer in ada.Layers)
            layer.Send(isKeyFrame: true);
        Assert.NotEqual(meeting.Shard.Pool.Capacity, meeting.Shard.Pool.Available);

        meeting.Shard.Command(new CloseRoom(meeting.Room));

        Assert.Equal(meeting.Shard.Pool.Capacity, meeting.Shard.Pool.Available);
        Assert.Equal(2, meeting.Shard.EventsOf<TransportClosed>().Count(closed => closed.Reason == TransportCloseReason.Requested));
        Assert.Equal(Rtc.Primitives.MonotonicTime.Never, meeting.Shard.Core.NextDeadline);
    }

    [Fact]
    public void Commands_about_nothing_are_refused_and_counted()
    {
        var meeting = new TestMeeting();
        meeting.Shard.Command(new CloseTransport(new TransportId(99)));
        meeting.Shard.Command(new SetView(new TransportId(99), []));
        meeting.Shard.Command(new SetMuted(new TransportId(99), SourceKind.Camera, true));

        Assert.Equal(3, meeting.Shard.Drops(DropReason.CommandRefused));
    }

    [Fact]
    public void Statistics_tell_traffic_drops_and_transports()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        SimulatedPeer viewer = meeting.View("bob", audio: 1, video: 0);
        meeting.Shard.Deliver(viewer.Address, [99, 99, 99]);
        for (int i = 0; i < 100; i++)
        {
            ada.Audio.Send();
            meeting.Shard.Advance(TimeSpan.FromMilliseconds(20));
        }

        SenderReport report = viewer.SenderReports()[^1];
        var block = new Rtc.Rtcp.ReportBlock { Ssrc = report.Ssrc, FractionLost = 128, LastSenderReport = (uint)(report.Ntp >> 16), DelaySinceLastSenderReport = 0 };
        viewer.SendRtcp((ref Rtc.Rtcp.RtcpWriter writer) => writer.TryWriteReceiverReport(1, [block]));
        meeting.Shard.Command(new ReportStatistics());

        ShardStatistics statistics = meeting.Shard.EventsOf<StatisticsReported>()[^1].Statistics;
        Assert.Equal(1, statistics.Rooms);
        Assert.True(statistics.DatagramsReceived > 100 && statistics.DatagramsSent > 100);
        Assert.Equal(1, statistics.Drops[nameof(DropReason.UnknownProtocol)]);
        TransportStatistics subscriber = statistics.Transports.Single(transport => transport.Participant == "bob");
        Assert.True(subscriber.Connected);
        Assert.True(subscriber.SendBitrate > 5_000);
        Assert.InRange(subscriber.DownlinkLoss, 0.1, 0.5);
        Assert.InRange(subscriber.RoundTrip!.Value, 0, 1100);
    }
}
