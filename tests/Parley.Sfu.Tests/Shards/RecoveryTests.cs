using System.Buffers.Binary;
using Parley.Rtc.Rtcp;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

public sealed class RecoveryTests
{
    private readonly TestMeeting _meeting = new();

    private SimulatedShard Shard => _meeting.Shard;

    [Fact]
    public void A_subscribers_nack_is_answered_with_rtx_under_fresh_numbers()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);
        ada.Video.Send(tag: 5);
        ReceivedRtp lost = viewer.VideoPackets()[1];
        Shard.Advance(TimeSpan.FromMilliseconds(50));

        Nack(viewer, lost.Ssrc, lost.Sequence);

        ReceivedRtp rtx = Assert.Single(viewer.RtxPackets());
        Assert.Equal(97, rtx.PayloadType);
        Assert.Equal(lost.Sequence, BinaryPrimitives.ReadUInt16BigEndian(rtx.Payload));
        Assert.Equal(lost.Payload, rtx.Payload[2..]);
        Assert.Equal(lost.Timestamp, rtx.Timestamp);
        Assert.Equal(lost.Mid, rtx.Mid);
        Assert.Equal(lost.Marker, rtx.Marker);
        Assert.True(rtx.Sequence < 0x8000);
    }

    [Fact]
    public void The_same_nack_within_a_round_trip_is_answered_once()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);
        ReceivedRtp lost = viewer.VideoPackets()[0];
        Shard.Advance(TimeSpan.FromMilliseconds(50));

        Nack(viewer, lost.Ssrc, lost.Sequence);
        Nack(viewer, lost.Ssrc, lost.Sequence);
        Nack(viewer, lost.Ssrc, (ushort)(lost.Sequence + 100));

        Assert.Single(viewer.RtxPackets());
        Assert.Equal(1, Shard.Drops(DropReason.NackThrottled));
        Assert.Equal(1, Shard.Drops(DropReason.NackUnanswerable));
    }

    [Fact]
    public void What_was_lost_before_a_re_offer_can_be_asked_for_after_it()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);
        ReceivedRtp lost = viewer.VideoPackets()[0];

        Shard.Command(new RenegotiateTransport(viewer.Transport, viewer.Session, new Dictionary<string, SourceKind>()));
        Nack(viewer, lost.Ssrc, lost.Sequence);

        Assert.Single(viewer.RtxPackets());
    }

    [Fact]
    public void A_nack_for_another_subscribers_stream_is_ignored()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        SimulatedPeer mallory = _meeting.View("mallory", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);
        ReceivedRtp packet = viewer.VideoPackets()[0];
        Shard.Advance(TimeSpan.FromMilliseconds(50));

        Nack(mallory, packet.Ssrc, packet.Sequence);

        Assert.Empty(viewer.RtxPackets());
        Assert.True(Shard.Drops(DropReason.RtcpIgnored) >= 1);
    }

    [Fact]
    public void A_packet_of_the_former_source_can_still_be_asked_for_after_a_switch()
    {
        TestPublisher ada = _meeting.Publish("ada", "q", "h", "f");
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        ada.Layers[0].Send(isKeyFrame: true, tag: 1);
        ReceivedRtp low = viewer.VideoPackets()[0];
        ada.Layers[2].Send(isKeyFrame: true, tag: 2);
        Shard.Advance(TimeSpan.FromMilliseconds(150));
        ada.Layers[2].Send(isKeyFrame: true, tag: 3);
        Assert.Equal(3, viewer.VideoPackets()[^1].Payload[^1]);

        Nack(viewer, low.Ssrc, low.Sequence);

        Assert.Equal(low.Payload, Assert.Single(viewer.RtxPackets()).Payload[2..]);
    }

    [Fact]
    public void Without_rtx_the_very_same_bytes_are_sent_again()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.Join("bob", new SessionBuilder(Shard.Entropy) { HasRtx = false }.VideoSlots(1));
        ada.Video.Send(isKeyFrame: true);
        Shard.Deliver(ada.Peer.Address, ada.Peer.Protect(ada.Video.Next(tag: 4)));
        byte[] first = Shard.Wire.Datagrams.Dequeue().Bytes;
        Shard.Advance(TimeSpan.FromMilliseconds(50));

        uint ssrc = viewer.VideoPackets()[0].Ssrc;
        ushort sequence = BinaryPrimitives.ReadUInt16BigEndian(first.AsSpan(2));
        Nack(viewer, ssrc, sequence);

        ReceivedRtp again = viewer.VideoPackets()[^1];
        Assert.Equal(sequence, again.Sequence);
        Assert.Equal(4, again.Payload[^1]);
        viewer.Receive(first);
        Assert.Equal(1, viewer.Undecryptable);
    }

    [Fact]
    public void A_publishers_loss_is_asked_for_and_repaired_through_rtx()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);
        OutgoingRtp lost = ada.Video.Next(tag: 7);
        ada.Video.Send(tag: 8);
        Shard.Advance(TimeSpan.FromMilliseconds(40));
        Assert.Equal(1, ada.Peer.CountFeedback(RtcpPacketType.TransportLayerFeedback, FeedbackFormat.Nack, ada.Video.Ssrc));

        ada.Peer.Send(Rtx(lost, 9000, 1));

        ReceivedRtp[] packets = viewer.VideoPackets();
        Assert.Equal([0, 8, 7], packets.Select(packet => (int)packet.Payload[^1]));
        Assert.Equal([0, 2, 1], packets.Select(packet => packet.Sequence - packets[0].Sequence));
        Shard.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(1, ada.Peer.CountFeedback(RtcpPacketType.TransportLayerFeedback, FeedbackFormat.Nack, ada.Video.Ssrc));
    }

    [Fact]
    public void A_retransmission_of_what_had_arrived_is_a_duplicate()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        OutgoingRtp frame = ada.Video.Next(isKeyFrame: true);
        ada.Peer.Send(frame);

        ada.Peer.Send(Rtx(frame, 9000, 1));

        Assert.Single(viewer.VideoPackets());
        Assert.Equal(1, Shard.Drops(DropReason.Duplicate));
    }

    [Fact]
    public void Probes_of_the_rtx_stream_before_any_media_do_no_harm()
    {
        TestPublisher ada = _meeting.Publish("ada", "q", "h", "f");
        var probe = new OutgoingRtp { Ssrc = 77, PayloadType = 97, Sequence = 1, Mid = "1", RepairedRid = "q", Padding = 200 };

        ada.Peer.Send(probe);
        ada.Peer.Send(Rtx(ada.Layers[0].Next(), 77, 2) with { RepairedRid = "q" });

        Assert.Equal(2, Shard.Drops(DropReason.RtxWithoutStream));
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        ada.Layers[0].Send(isKeyFrame: true);
        Assert.Single(viewer.VideoPackets());
    }

    [Fact]
    public void Transport_wide_feedback_covers_packets_of_unknown_ssrcs_too()
    {
        TestPublisher ada = _meeting.Publish("ada");
        ada.Peer.Send(ada.Audio.Next() with { TransportSequence = 1 });
        ada.Peer.Send(new OutgoingRtp { Ssrc = 4242, PayloadType = 50, Sequence = 1, TransportSequence = 2, Payload = [1] });
        Shard.Advance(TimeSpan.FromMilliseconds(120));

        Assert.Equal(1, Shard.Drops(DropReason.UnknownSsrc));
        Assert.True(ada.Peer.CountFeedback(RtcpPacketType.TransportLayerFeedback, FeedbackFormat.Transport) >= 1);
    }

    private static void Nack(SimulatedPeer peer, uint ssrc, ushort sequence) =>
        peer.SendRtcp((ref RtcpWriter writer) => writer.WriteNack(1, ssrc, [sequence]));

    private static OutgoingRtp Rtx(OutgoingRtp original, uint ssrc, long sequence) => original with
    {
        Ssrc = ssrc,
        PayloadType = 97,
        Sequence = sequence,
        Payload = [(byte)(original.Sequence >> 8), (byte)original.Sequence, .. original.Payload],
    };
}
