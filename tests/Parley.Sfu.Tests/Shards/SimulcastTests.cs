using Parley.Rtc.Rtcp;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Shards;

public sealed class SimulcastTests
{
    private readonly TestMeeting _meeting = new();
    private readonly TestPublisher _ada;

    public SimulcastTests() => _ada = _meeting.Publish("ada", "q", "h", "f");

    [Theory]
    [InlineData(100, 0)]
    [InlineData(180, 0)]
    [InlineData(300, 1)]
    [InlineData(720, 2)]
    [InlineData(2000, 2)]
    public void A_picture_gets_the_smallest_layer_that_is_tall_enough(int height, int layer)
    {
        Frames(isKeyFrame: true);
        SimulatedPeer viewer = View(height);
        Frames(isKeyFrame: true);
        Tick();
        viewer.Rtp.Clear();
        Frames(isKeyFrame: true);

        Assert.Equal([layer], Tags(viewer));
    }

    [Fact]
    public void A_switch_waits_for_a_key_frame_and_goes_on_without_a_jump()
    {
        Frames(isKeyFrame: true);
        SimulatedPeer viewer = View(180);
        Frames(isKeyFrame: true);
        Frames();
        _meeting.Wish(viewer, ("ada", 720));
        Frames();
        Frames(isKeyFrame: true);
        Frames();

        // The low layer's own key frame still comes, just before the high one's.
        Assert.Equal([0, 0, 0, 0, 2, 2], Tags(viewer));
        ReceivedRtp[] packets = viewer.VideoPackets();
        Assert.Equal([1, 1, 1, 2, 1], packets.Skip(1).Zip(packets, (next, before) => (int)(ushort)(next.Sequence - before.Sequence)));
        int[] pictures = [.. packets.Select(packet => ((packet.Payload[2] & 0x7F) << 8) | packet.Payload[3])];
        Assert.Equal([1, 1, 1, 1, 1], pictures.Skip(1).Zip(pictures, (next, before) => next - before));
        Assert.All(packets.Skip(1).Zip(packets), pair => Assert.True((int)(pair.First.Timestamp - pair.Second.Timestamp) > 0));
    }

    [Fact]
    public void The_key_frame_is_asked_of_the_very_layer()
    {
        Frames(isKeyFrame: true);
        SimulatedPeer viewer = View(180);
        Frames(isKeyFrame: true);
        Tick(600);
        Frames();
        _ada.Peer.Rtcp.Clear();

        _meeting.Wish(viewer, ("ada", 720));
        Tick(300);

        Assert.True(Requests(2) >= 1);
        Assert.Equal(0, Requests(0));
    }

    [Fact]
    public void Requests_of_many_subscribers_become_one()
    {
        Frames(isKeyFrame: true);
        for (int i = 0; i < 20; i++)
            View(720);
        Tick(400);

        Assert.Equal(1, Requests(2));
    }

    [Fact]
    public void A_dead_layer_is_replaced_by_the_best_live_one_and_comes_back()
    {
        Frames(isKeyFrame: true);
        SimulatedPeer viewer = View(720);
        Frames(isKeyFrame: true);
        Tick();
        Frames(isKeyFrame: true);
        viewer.Rtp.Clear();

        for (int i = 0; i < 80; i++)
        {
            Tick(33);
            Lower(isKeyFrame: i % 10 == 9);
        }

        Assert.Equal(1, Tags(viewer)[^1]);
        Frames(isKeyFrame: true);
        Tick();
        Frames(isKeyFrame: true);
        Assert.Equal(2, Tags(viewer)[^1]);
    }

    [Fact]
    public void A_layer_that_comes_back_with_another_ssrc_replaces_the_former_one()
    {
        Frames(isKeyFrame: true);
        SimulatedPeer viewer = View(180);
        Frames(isKeyFrame: true);
        viewer.Rtp.Clear();

        var other = new Vp8Source(_ada.Peer, "1", 987_654, "q", 180) { Sequence = 40_000 };
        other.Send(tag: 50);
        Assert.Empty(viewer.VideoPackets());
        other.Send(isKeyFrame: true, tag: 51);
        Tick();
        other.Send(isKeyFrame: true, tag: 52);

        Assert.Equal(52, Tags(viewer)[^1]);
    }

    [Fact]
    public void A_key_frame_out_of_order_does_not_begin_a_layer()
    {
        SimulatedPeer viewer = View(180);
        OutgoingRtp late = _ada.Layers[0].Next(isKeyFrame: true, tag: 1);
        _ada.Layers[0].Send(tag: 2);

        _ada.Peer.Send(late);
        Assert.Empty(viewer.VideoPackets());

        Tick();
        _ada.Layers[0].Send(isKeyFrame: true, tag: 3);
        Assert.Equal([3], Tags(viewer));
    }

    [Fact]
    public void Frame_numbers_of_dependency_descriptors_go_on_over_a_switch()
    {
        SimulatedPeer viewer = View(180);
        _ada.Peer.Send(Described(0, 100, isKeyFrame: true));
        _ada.Peer.Send(Described(0, 101));
        _meeting.Wish(viewer, ("ada", 720));
        _ada.Peer.Send(Described(2, 7, isKeyFrame: true));
        Tick();
        _ada.Peer.Send(Described(2, 8, isKeyFrame: true));
        _ada.Peer.Send(Described(2, 9));

        Assert.Equal([100, 101, 102, 103], viewer.VideoPackets().Select(packet => (packet.Descriptor[1] << 8) | packet.Descriptor[2]));
    }

    // Start and end of frame, template 0, the number; a key frame brings the smallest structure: one template, one target that it is a switch for.
    private OutgoingRtp Described(int layer, byte number, bool isKeyFrame = false) => _ada.Layers[layer].Next(isKeyFrame) with
    {
        Descriptor = isKeyFrame ? [0xC0, 0, number, 0x80, 0x00, 0xE0] : [0xC0, 0, number],
    };

    private SimulatedPeer View(int height)
    {
        SimulatedPeer viewer = _meeting.View($"viewer{_meeting.Shard.Events.Count}", 0, 1, Sfu.Rooms.SubscriptionMode.Wishes);
        _meeting.Wish(viewer, ("ada", height));
        return viewer;
    }

    private void Frames(bool isKeyFrame = false)
    {
        for (byte layer = 0; layer < 3; layer++)
            _ada.Layers[layer].Send(isKeyFrame, layer);
        Tick(33);
    }

    private void Lower(bool isKeyFrame)
    {
        for (byte layer = 0; layer < 2; layer++)
            _ada.Layers[layer].Send(isKeyFrame, layer);
    }

    private void Tick(int milliseconds = 120) => _meeting.Shard.Advance(TimeSpan.FromMilliseconds(milliseconds));

    private int Requests(int layer) =>
        _ada.Peer.CountFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.PictureLoss, _ada.Layers[layer].Ssrc);

    private static int[] Tags(SimulatedPeer viewer) => [.. viewer.VideoPackets().Select(packet => (int)packet.Payload[^1])];
}
