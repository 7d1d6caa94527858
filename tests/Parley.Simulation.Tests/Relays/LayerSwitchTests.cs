using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Relays;

/// <summary>A subscriber two links away shows the same picture now small, now big.</summary>
public sealed class LayerSwitchTests
{
    private const int SeedCount = 30;
    private const int Switches = 8;

    private static readonly int[] Heights = [180, 360, 720];
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(1500);

    // The old layer plays on until the new one's key frame is there, whose request crossed both links.
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(300);

    // A layer's clock is known before its first packet comes, by the report that its lane begins with; what nobody notices is 45 ms (ITU-R BT.1359).
    private static readonly TimeSpan LipSync = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan JitteryLipSync = TimeSpan.FromMilliseconds(45);

    [Fact]
    public void Layers_stay_in_step_over_links() => Seeds.Run(SeedCount, Shapes.LineShards, (world, problems) => Play(world, problems, LinkSettings.Clean, Bound, LipSync));

    [Fact]
    public void Layers_stay_in_step_over_links_that_jitter() =>
        Seeds.Run(SeedCount, Shapes.LineShards, (world, problems) => Play(world, problems, LinkSettings.Clean with { Jitter = TimeSpan.FromMilliseconds(120) }, 2 * Bound, JitteryLipSync));

    private static void Play(World world, Problems problems, LinkSettings link, TimeSpan bound, TimeSpan shift)
    {
        Shapes.Line(world, link);
        world.Join(People.Publisher(world, "ada", VideoSettings.Simulcast, LinkSettings.Clean), world.Nodes[0]);
        Peer subscriber = world.Join(People.Subscriber("bob", 1, 1, LinkSettings.Clean, SubscriptionMode.Wishes), world.Nodes[2]);
        VideoReceiver receiver = subscriber.VideoReceivers[0];
        Wish(world, subscriber, 360);
        world.Run(Start);
        receiver.Viewer.ForgetGaps();
        for (int i = 0; i < Switches; i++)
        {
            Wish(world, subscriber, Heights[world.Entropy.NextInt(Heights.Length)]);
            world.Run(Between);
        }

        TimeSpan gap = receiver.Viewer.LongestGapUntil(world.Now);
        problems.Unless(gap < bound, $"{receiver.Name}: frozen for {gap.TotalMilliseconds} ms until {receiver.Viewer.LongestGapAt}");
        problems.Unless(receiver.LastingShift < shift, $"{receiver.Name}: a switch moved the timestamps by {receiver.LastingShift.TotalMilliseconds} ms for good");
    }

    private static void Wish(World world, Peer subscriber, int height) =>
        world.Command(new SetView(subscriber.Transport, [new SourceWish(new SourceId("ada", SourceKind.Camera), height)]), subscriber.Node);
}
