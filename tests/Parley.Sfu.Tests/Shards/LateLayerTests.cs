using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Sfu.Rooms;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

/// <summary>A layer whose encoder is 200 ms slower than the one shown before.</summary>
public sealed class LateLayerTests
{
    private const int Lag = 6;
    private const int FrameTicks = 3_000;

    private readonly TestMeeting _meeting = new();
    private readonly TestPublisher _ada;
    private readonly SimulatedPeer _viewer;

    public LateLayerTests()
    {
        _ada = _meeting.Publish("ada", "q", "h", "f");
        _viewer = _meeting.View("bob", audio: 0, video: 1, SubscriptionMode.Wishes);
        _meeting.Wish(_viewer, ("ada", 180));
        for (int i = 0; i < Lag; i++)
            Play(slow: null, isKeyFrame: i == 0);
        Play(slow: true);
        Report(0);
        Report(2);
        _meeting.Wish(_viewer, ("ada", 720));
        _meeting.Shard.Advance(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void Its_frames_fall_into_step_with_the_capture_times_after_the_switch()
    {
        ReceivedRtp low = _viewer.VideoPackets()[^1];
        Play(slow: true, isKeyFrame: true);
        for (int i = 0; i < 2 * Lag; i++)
            Play(slow: true);

        ReceivedRtp[] shown = _viewer.VideoPackets();
        Assert.All(shown.Skip(1).Zip(shown), pair => Assert.True((int)(pair.First.Timestamp - pair.Second.Timestamp) > 0));
        ReceivedRtp last = shown[^1];
        Assert.Equal(2, last.Payload[^1]);
        // One more low frame came before the switch; the last high one was captured so many frames after it.
        Assert.Equal((2 * Lag) + 1 - Lag, (int)(last.Timestamp - low.Timestamp) / (double)FrameTicks);
    }

    [Fact]
    public void A_squeezed_frame_is_sent_again_with_the_timestamp_it_had()
    {
        Play(slow: true, isKeyFrame: true);
        Play(slow: true);
        ReceivedRtp squeezed = _viewer.VideoPackets()[^1];
        for (int i = 0; i < Lag + 3; i++)
            Play(slow: true);

        _viewer.SendRtcp((ref RtcpWriter writer) => writer.WriteNack(1, squeezed.Ssrc, [squeezed.Sequence]));

        Assert.Equal(squeezed.Timestamp, Assert.Single(_viewer.RtxPackets()).Timestamp);
        Assert.True((int)(_viewer.VideoPackets()[^1].Timestamp - squeezed.Timestamp) > FrameTicks);
    }

    private void Play(bool? slow, bool isKeyFrame = false)
    {
        _ada.Layers[0].Send(isKeyFrame && slow is null, tag: 0);
        if (slow is not null)
            _ada.Layers[2].Send(isKeyFrame, tag: 2);
        _meeting.Shard.Advance(TimeSpan.FromMilliseconds(33));
    }

    // Both layers call the same instant 90,000.
    private void Report(int layer)
    {
        uint ssrc = _ada.Layers[layer].Ssrc;
        _ada.Peer.SendRtcp((ref RtcpWriter writer) => writer.TryWriteSenderReport(ssrc, new NtpTime(1UL << 40), 90_000, 1, 1, default));
    }
}
