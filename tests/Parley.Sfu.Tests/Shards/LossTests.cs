using Parley.Rtc.Rtcp;
using Parley.Sfu.Packets;
using Parley.Sfu.Slots;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

/// <summary>What a subscriber misses and can never get: a key frame makes up for it.</summary>
public sealed class LossTests
{
    private static readonly TimeSpan Expired = TimeSpan.FromMilliseconds(1_000);

    private readonly TestMeeting _meeting = new();
    private readonly TestPublisher _ada;
    private readonly SimulatedPeer _viewer;

    public LossTests()
    {
        _ada = _meeting.Publish("ada");
        _viewer = _meeting.View("bob", audio: 0, video: 1);
        _ada.Video.Send(isKeyFrame: true);
        Play(TimeSpan.FromMilliseconds(400));
        _ada.Video.Send(isKeyFrame: true);
    }

    private SimulatedShard Shard => _meeting.Shard;

    private int KeyFramesAsked => _ada.Peer.CountFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.PictureLoss, _ada.Video.Ssrc);

    [Fact]
    public void An_expired_packet_is_made_up_for_by_a_key_frame()
    {
        ReceivedRtp lost = SendNext();
        Play(Expired);
        int before = KeyFramesAsked;

        Nack(lost.Ssrc, lost.Sequence);

        Assert.Equal(before + 1, KeyFramesAsked);
        Assert.Empty(_viewer.RtxPackets());
        Assert.Equal(1, Shard.Drops(DropReason.NackUnanswerable));
    }

    [Fact]
    public void A_packet_sent_again_too_often_is_made_up_for_by_a_key_frame()
    {
        ReceivedRtp lost = SendNext();
        int before = KeyFramesAsked;
        for (int i = 0; i < SendJournal.MaximumResends; i++)
        {
            Nack(lost.Ssrc, lost.Sequence);
            Play(TimeSpan.FromMilliseconds(50));
        }

        Assert.Equal(SendJournal.MaximumResends, _viewer.RtxPackets().Length);
        Assert.Equal(before, KeyFramesAsked);
        Nack(lost.Ssrc, lost.Sequence);
        Assert.Equal(before + 1, KeyFramesAsked);
    }

    [Fact]
    public void What_can_be_sent_again_or_never_was_sent_asks_for_nothing()
    {
        ReceivedRtp lost = SendNext();
        Play(TimeSpan.FromMilliseconds(100));
        int before = KeyFramesAsked;

        Nack(lost.Ssrc, lost.Sequence);
        Nack(lost.Ssrc, (ushort)(lost.Sequence + 500));
        Nack(lost.Ssrc, (ushort)(lost.Sequence - 500));

        Assert.Equal(before, KeyFramesAsked);
    }

    [Fact]
    public void What_lies_before_the_last_key_frame_asks_for_nothing()
    {
        ReceivedRtp lost = SendNext();
        Play(Expired);
        _ada.Video.Send(isKeyFrame: true);
        int before = KeyFramesAsked;

        Nack(lost.Ssrc, lost.Sequence);
        Play(TimeSpan.FromMilliseconds(500));

        Assert.Equal(before, KeyFramesAsked);
    }

    [Fact]
    public void What_is_older_than_a_browsers_patience_asks_for_nothing()
    {
        ReceivedRtp lost = SendNext();
        Play(SlotResender.LossLimit + TimeSpan.FromMilliseconds(100));
        int before = KeyFramesAsked;

        Nack(lost.Ssrc, lost.Sequence);
        Play(TimeSpan.FromMilliseconds(500));

        Assert.Equal(before, KeyFramesAsked);
    }

    [Fact]
    public void Hostile_nacks_cause_no_more_key_frames_than_plain_requests_do()
    {
        int plain = new LossTests().Flood((loss, sent) => loss.Ask(sent[^1].Ssrc));
        int nacks = Flood((loss, sent) =>
        {
            for (int again = 0; again <= SendJournal.MaximumResends; again++)
                loss.Nack(sent[^1].Ssrc, sent[^1].Sequence);
            for (int back = 5; back < 100; back += 5)
                loss.Nack(sent[^Math.Min(back, sent.Length)].Ssrc, sent[^Math.Min(back, sent.Length)].Sequence);
        });
        int both = new LossTests().Flood((loss, sent) =>
        {
            loss.Ask(sent[^1].Ssrc);
            loss.Nack(sent[^Math.Min(95, sent.Length)].Ssrc, sent[^Math.Min(95, sent.Length)].Sequence);
        });

        Assert.InRange(nacks, 2, plain);
        Assert.InRange(both, 2, plain);
    }

    // Ten seconds; each request is answered at once, so that the next one is another.
    private int Flood(Action<LossTests, ReceivedRtp[]> attack)
    {
        int before = KeyFramesAsked;
        int answered = before;
        for (int i = 0; i < 1_000; i++)
        {
            _ada.Video.Send(isKeyFrame: KeyFramesAsked > answered);
            answered = KeyFramesAsked;
            Shard.Advance(TimeSpan.FromMilliseconds(10));
            attack(this, _viewer.VideoPackets());
        }

        return KeyFramesAsked - before;
    }

    private void Ask(uint ssrc)
    {
        _viewer.SendRtcp((ref RtcpWriter writer) => writer.TryWritePictureLoss(1, ssrc));
        Shard.Advance(TimeSpan.Zero);
    }

    private ReceivedRtp SendNext()
    {
        _ada.Video.Send(tag: 5);
        return _viewer.VideoPackets()[^1];
    }

    // Its frames go on, so that the layer stays alive.
    private void Play(TimeSpan time)
    {
        var interval = TimeSpan.FromMilliseconds(50);
        for (TimeSpan played = TimeSpan.Zero; played < time; played += interval)
        {
            Shard.Advance(interval);
            _ada.Video.Send();
        }
    }

    private void Nack(uint ssrc, ushort sequence)
    {
        _viewer.SendRtcp((ref RtcpWriter writer) => writer.WriteNack(1, ssrc, [sequence]));
        Shard.Advance(TimeSpan.Zero);
    }
}
