using Parley.Rtc.Rtcp;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

public sealed class ForwardingTests
{
    [Fact]
    public void Pictures_and_sound_reach_the_subscriber_with_its_numbers_and_mid()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        SimulatedPeer viewer = meeting.View("bob", audio: 1, video: 1);

        ada.Video.Send(isKeyFrame: true, tag: 1);
        ada.Video.Send(tag: 2);
        ada.Audio.Send(tag: 3);

        ReceivedRtp[] video = viewer.VideoPackets();
        Assert.Equal(2, video.Length);
        Assert.Equal([1, 2], video.Select(packet => (int)packet.Payload[^1]));
        Assert.Equal(viewer.Session.Media[1].LocalSsrc, video[0].Ssrc);
        Assert.Equal(viewer.Session.Media[1].Mid, video[0].Mid);
        Assert.Equal(1, (ushort)(video[1].Sequence - video[0].Sequence));
        Assert.Equal(3000u, video[1].Timestamp - video[0].Timestamp);
        Assert.True(video[0].Sequence < 0x8000);
        Assert.Equal(3, Assert.Single(viewer.AudioPackets()).Payload[^1]);
        Assert.Equal(0, viewer.Undecryptable);
    }

    [Fact]
    public void A_slot_tells_its_source_with_the_first_packet()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        SimulatedPeer viewer = meeting.View("bob", audio: 0, video: 1);

        ada.Video.Send(isKeyFrame: true);

        SlotChanged changed = Assert.Single(meeting.Shard.EventsOf<SlotChanged>());
        Assert.Equal(new SourceId("ada", SourceKind.Camera), changed.Source);
        Assert.Equal(viewer.Transport, changed.Transport);
        Assert.Equal(viewer.VideoPackets()[0].Timestamp, changed.FromTimestamp);
    }

    [Fact]
    public void A_late_subscriber_waits_for_the_key_frame_that_is_asked_for()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        ada.Video.Send(isKeyFrame: true);
        SimulatedPeer viewer = meeting.View("bob", audio: 0, video: 1);

        ada.Video.Send();
        meeting.Shard.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Empty(viewer.VideoPackets());
        Assert.True(ada.Peer.CountFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.PictureLoss, ada.Video.Ssrc) >= 1);

        ada.Video.Send(isKeyFrame: true, tag: 9);
        Assert.Equal(9, Assert.Single(viewer.VideoPackets()).Payload[^1]);
    }

    [Fact]
    public void Transport_wide_feedback_names_a_stream_of_the_publisher_or_browsers_drop_it()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        for (ushort i = 1; i <= 5; i++)
            ada.Peer.Send(ada.Audio.Next() with { TransportSequence = i });
        meeting.Shard.Advance(TimeSpan.FromMilliseconds(500));

        int all = ada.Peer.CountFeedback(RtcpPacketType.TransportLayerFeedback, FeedbackFormat.Transport);
        Assert.True(all >= 1);
        Assert.Equal(all, ada.Peer.CountFeedback(RtcpPacketType.TransportLayerFeedback, FeedbackFormat.Transport, ada.Audio.Ssrc));
    }

    [Fact]
    public void A_muted_source_is_not_forwarded_and_leaves_its_slot()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        SimulatedPeer viewer = meeting.View("bob", audio: 1, video: 0);
        ada.Audio.Send();
        Assert.Single(viewer.AudioPackets());

        meeting.Shard.Command(new SetMuted(ada.Peer.Transport, SourceKind.Microphone, true));
        ada.Audio.Send();

        Assert.Single(viewer.AudioPackets());
        Assert.Equal(1, meeting.Shard.Drops(DropReason.Muted));
        Assert.Null(meeting.Shard.EventsOf<SlotChanged>()[^1].Source);

        meeting.Shard.Command(new SetMuted(ada.Peer.Transport, SourceKind.Microphone, false));
        ada.Audio.Send();
        Assert.Equal(2, viewer.AudioPackets().Length);
    }

    [Fact]
    public void Padding_alone_is_not_forwarded_and_leaves_no_hole()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        SimulatedPeer viewer = meeting.View("bob", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);

        OutgoingRtp padding = ada.Video.Next() with { Payload = [], Padding = 20 };
        ada.Peer.Send(padding);
        ada.Video.Send();

        ReceivedRtp[] packets = viewer.VideoPackets();
        Assert.Equal(2, packets.Length);
        Assert.Equal(1, (ushort)(packets[1].Sequence - packets[0].Sequence));
        Assert.Equal(1, meeting.Shard.Drops(DropReason.PaddingOnly));
    }

    [Fact]
    public void Payload_types_and_extension_ids_are_the_subscribers()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        var media = new SessionBuilder(meeting.Shard.Entropy)
        {
            Vp8Type = 120,
            Extensions = new(new Dictionary<byte, Rtc.Rtp.ExtensionKind> { [7] = Rtc.Rtp.ExtensionKind.Mid }),
        }.VideoSlots(1);
        SimulatedPeer viewer = meeting.Join("bob", media);

        ada.Video.Send(isKeyFrame: true);

        ReceivedRtp packet = Assert.Single(viewer.Rtp);
        Assert.Equal(120, packet.PayloadType);
        Assert.Equal("0", packet.Mid);
    }

    [Fact]
    public void A_full_sink_loses_a_packet_without_a_trace_in_the_numbers()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        SimulatedPeer viewer = meeting.View("bob", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);

        meeting.Shard.Wire.IsFull = true;
        ada.Video.Send();
        meeting.Shard.Wire.IsFull = false;
        ada.Video.Send();

        ReceivedRtp[] packets = viewer.VideoPackets();
        Assert.Equal(2, packets.Length);
        // The number of the lost packet stays free: the subscriber asks for it and is told by the next key frame.
        Assert.Equal(2, (ushort)(packets[1].Sequence - packets[0].Sequence));
        Assert.True(meeting.Shard.Drops(DropReason.SinkFull) >= 1);
    }

    [Fact]
    public void A_subscriber_gets_sender_reports_that_fit_its_timestamps()
    {
        var meeting = new TestMeeting();
        TestPublisher ada = meeting.Publish("ada");
        SimulatedPeer viewer = meeting.View("bob", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);

        meeting.Shard.Advance(TimeSpan.FromSeconds(2));

        SenderReport report = viewer.SenderReports().Last();
        Assert.Equal(viewer.VideoPackets()[0].Ssrc, report.Ssrc);
        Assert.InRange((int)(report.Timestamp - viewer.VideoPackets()[0].Timestamp), 45_000, 180_000);
    }
}
