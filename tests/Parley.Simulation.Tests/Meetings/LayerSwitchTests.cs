using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Meetings;

/// <summary>A subscriber shows the same picture now small, now big; the publisher's uplink may stop carrying the big layer.</summary>
public sealed class LayerSwitchTests
{
    private const int SeedCount = 100;
    private const int Switches = 6;

    private static readonly int[] Heights = [180, 360, 720];
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    // Issue 3, point 3: the old layer plays on until the new one's key frame is there.
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(300);

    // Noticed by the gaps between frames: a layer is dead after some of its intervals; then a key frame of the other one.
    private static readonly TimeSpan DeathBound = TimeSpan.FromSeconds(1.5);

    // By then every layer's sender report has come, so that the layers' clocks are known to each other; what nobody notices is 45 ms (ITU-R BT.1359).
    private static readonly TimeSpan LipSync = TimeSpan.FromMilliseconds(10);

    // Where a layer's own report was lost its clock is taken from the time of arrival, which jitters.
    private static readonly TimeSpan RoughLipSync = TimeSpan.FromMilliseconds(45);

    // A key frame that the former layer's frames have overtaken is put behind them (timestamps never fall), and those after it are squeezed together until they have caught up.
    private static readonly TimeSpan LargestLag = TimeSpan.FromMilliseconds(160);

    [Fact]
    public void Switching_layers_shows_no_freeze() =>
        Seeds.Run(SeedCount, (world, problems) => Play(world, problems, VideoSettings.Simulcast, LinkSettings.Clean, Bound, (LipSync, LipSync)));

    [Fact]
    public void Switching_layers_survives_a_rough_network() =>
        Seeds.Run(SeedCount, (world, problems) => Play(world, problems, VideoSettings.Simulcast, LinkSettings.Rough, People.LongestFreeze, (RoughLipSync, RoughLipSync)));

    [Fact]
    public void A_layer_that_comes_late_falls_into_step() =>
        Seeds.Run(SeedCount, (world, problems) => Play(world, problems, VideoSettings.Uneven, LinkSettings.Clean, Bound, (LargestLag, LipSync)));

    [Fact]
    public void A_layer_that_stops_is_replaced_by_the_one_below() => Seeds.Run(SeedCount, (world, problems) =>
    {
        Peer publisher = world.Join(People.Publisher(world, "ada", VideoSettings.Simulcast, LinkSettings.Clean));
        Peer subscriber = Watch(world, LinkSettings.Clean, 720);
        VideoReceiver receiver = subscriber.VideoReceivers[0];
        problems.Unless(receiver.Viewer.Last.Tag.Layer == 2, $"{receiver.Name} shows layer {receiver.Viewer.Last.Tag.Layer} at first");
        receiver.Viewer.ForgetGaps();
        publisher.Camera!.Layers[2].IsActive = false;
        world.Run(Settling);
        problems.Unless(receiver.Viewer.Last.Tag.Layer == 1, $"{receiver.Name} shows layer {receiver.Viewer.Last.Tag.Layer} after the highest stopped");
        problems.Unless(receiver.Viewer.LongestGapUntil(world.Now) < DeathBound, $"{receiver.Name}: frozen for {receiver.Viewer.LongestGap.TotalMilliseconds} ms");
        publisher.Camera.Layers[2].IsActive = true;
        world.Run(Settling);
        problems.Unless(receiver.Viewer.Last.Tag.Layer == 2, $"{receiver.Name} shows layer {receiver.Viewer.Last.Tag.Layer} after the highest came back");
    });

    private static void Play(World world, Problems problems, VideoSettings camera, LinkSettings link, TimeSpan bound, (TimeSpan Once, TimeSpan Lasting) shift)
    {
        world.Join(People.Publisher(world, "ada", camera, link));
        Peer subscriber = Watch(world, link, 360);
        VideoReceiver receiver = subscriber.VideoReceivers[0];
        receiver.Viewer.ForgetGaps();
        for (int i = 0; i < Switches; i++)
        {
            People.Wish(world, subscriber, ("ada", Heights[world.Entropy.NextInt(Heights.Length)]));
            world.Run(Between);
        }

        int last = world.Entropy.NextInt(Heights.Length);
        People.Wish(world, subscriber, ("ada", Heights[last]));
        People.Heal(world);
        world.Run(People.LongestFreeze);
        problems.Unless(receiver.Viewer.Last.Tag.Layer == last, $"{receiver.Name} shows layer {receiver.Viewer.Last.Tag.Layer} where {last} is wanted");
        TimeSpan gap = receiver.Viewer.LongestGapUntil(world.Now);
        problems.Unless(gap < bound, $"{receiver.Name}: frozen for {gap.TotalMilliseconds} ms until {receiver.Viewer.LongestGapAt}");
        problems.Unless(receiver.LargestShift < shift.Once, $"{receiver.Name}: a switch moved the timestamps by {receiver.LargestShift.TotalMilliseconds} ms");
        problems.Unless(receiver.LastingShift < shift.Lasting, $"{receiver.Name}: a switch moved the timestamps by {receiver.LastingShift.TotalMilliseconds} ms for good");
    }

    private static Peer Watch(World world, LinkSettings link, int height)
    {
        Peer subscriber = world.Join(People.Subscriber("bob", 1, 1, link, SubscriptionMode.Wishes));
        People.Wish(world, subscriber, ("ada", height));
        world.Run(Start);
        return subscriber;
    }
}
