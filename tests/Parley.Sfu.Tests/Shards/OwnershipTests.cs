using Parley.Rtc.Rtcp;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

public sealed class OwnershipTests
{
    private readonly TestMeeting _meeting = new();

    private SimulatedShard Shard => _meeting.Shard;

    [Fact]
    public void An_ssrc_of_another_transport_is_dropped_and_leaves_nothing_behind()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 1, video: 0);
        ada.Audio.Send();
        SimulatedPeer mallory = _meeting.View("mallory", audio: 1, video: 0);

        for (int i = 0; i < 300; i++)
            mallory.Send(new OutgoingRtp { Ssrc = ada.Audio.Ssrc + (uint)(i % 2 * i), PayloadType = 111, Sequence = i, Level = 0, Payload = [9] });

        Assert.Equal(300, Shard.Drops(DropReason.UnknownSsrc));
        Assert.Equal(0, Shard.Drops(DropReason.TooManySsrcs));
        Assert.Single(viewer.AudioPackets());
    }

    [Fact]
    public void A_replayed_packet_is_dropped_before_it_is_decrypted()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 1, video: 0);
        byte[] packet = ada.Peer.Protect(ada.Audio.Next());

        ada.Peer.Send(packet);
        ada.Peer.Send(packet);

        Assert.Single(viewer.AudioPackets());
        Assert.Equal(1, Shard.Drops(DropReason.SrtpReplayed));
    }

    [Fact]
    public void A_forged_packet_is_dropped()
    {
        TestPublisher ada = _meeting.Publish("ada");
        byte[] packet = ada.Peer.Protect(ada.Audio.Next());
        packet[^1] ^= 1;

        ada.Peer.Send(packet);

        Assert.Equal(1, Shard.Drops(DropReason.SrtpUnauthenticated));
        Assert.Empty(Shard.EventsOf<SourceStarted>());
    }

    [Fact]
    public void A_payload_type_that_was_not_agreed_is_dropped()
    {
        TestPublisher ada = _meeting.Publish("ada");
        ada.Audio.Send();

        ada.Peer.Send(ada.Audio.Next() with { PayloadType = 50 });

        Assert.Equal(1, Shard.Drops(DropReason.UnknownPayloadType));
    }

    [Fact]
    public void Crafted_padding_is_dropped()
    {
        TestPublisher ada = _meeting.Publish("ada");

        // The P bit in the authenticated header, and a count of 200 behind three bytes.
        ada.Peer.Send(ada.Audio.Next() with { Payload = [1, 2, 3], Padding = 1, PaddingCount = 200 });

        Assert.Equal(1, Shard.Drops(DropReason.RtpMalformed));
    }

    [Fact]
    public void Malformed_rtcp_is_counted()
    {
        SimulatedPeer viewer = _meeting.View("bob", audio: 1, video: 0);

        viewer.SendRtcpBytes([0x80, 201, 0, 1, 0, 0, 0, 1, 0x80, 201, 0, 99]);

        Assert.Equal(1, Shard.Drops(DropReason.RtcpMalformed));
    }

    [Fact]
    public void A_picture_loss_about_a_strangers_stream_asks_nobody()
    {
        TestPublisher ada = _meeting.Publish("ada");
        ada.Video.Send(isKeyFrame: true);
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        ada.Video.Send(isKeyFrame: true);
        Shard.Advance(TimeSpan.FromMilliseconds(500));
        SimulatedPeer mallory = _meeting.View("mallory", audio: 1, video: 0);
        ada.Peer.Rtcp.Clear();

        mallory.SendRtcp((ref RtcpWriter writer) => writer.TryWritePictureLoss(1, viewer.Session.Media[0].LocalSsrc));
        Shard.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(0, ada.Peer.CountFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.PictureLoss));

        viewer.SendRtcp((ref RtcpWriter writer) => writer.TryWritePictureLoss(1, viewer.Session.Media[0].LocalSsrc));
        Shard.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(1, ada.Peer.CountFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.PictureLoss));
    }
}
