using Parley.Rtc.Rtcp;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

/// <summary>Whatever a timeout does, the shard wants to be called later and not at once.</summary>
public sealed class DeadlineTests
{
    private readonly TestMeeting _meeting = new();

    [Fact]
    public void A_key_frame_wanted_by_a_rooms_tick_is_asked_for_within_the_same_timeout()
    {
        TestPublisher ada = _meeting.Publish("ada");
        SimulatedPeer viewer = _meeting.View("bob", audio: 0, video: 1);
        OutgoingRtp key = ada.Video.Next(isKeyFrame: true);
        ada.Video.Send();
        // Out of order, so that it satisfies the request but starts no picture.
        ada.Peer.Send(key);
        Assert.Empty(viewer.VideoPackets());
        int asked = KeyFrameRequests(ada);

        // Throws when a deadline does not move on.
        _meeting.Shard.Advance(TimeSpan.FromSeconds(1));

        Assert.True(KeyFrameRequests(ada) > asked);
    }

    private static int KeyFrameRequests(TestPublisher publisher) =>
        publisher.Peer.CountFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.PictureLoss, publisher.Video.Ssrc);
}
