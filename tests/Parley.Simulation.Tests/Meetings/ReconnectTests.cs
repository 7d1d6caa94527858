using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Meetings;

/// <summary>People leave, come back on another transport, or change their network; the others see them again in the same slot.</summary>
public sealed class ReconnectTests
{
    private const int SeedCount = 100;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Away = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RoughReturn = TimeSpan.FromSeconds(4.5);

    // New checks and a round trip or two; nothing needs a key frame, since what was lost meanwhile is asked for again.
    private static readonly TimeSpan RestartBound = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_publisher_that_left_and_returns_is_seen_again() =>
        Seeds.Run(SeedCount, (world, problems) => PlayReturn(world, problems, LinkSettings.Clean, Return, leavesFirst: true));

    [Fact]
    public void A_publisher_whose_transport_is_replaced_is_seen_again() =>
        Seeds.Run(SeedCount, (world, problems) => PlayReturn(world, problems, LinkSettings.Clean, Return, leavesFirst: false));

    [Fact]
    public void A_publisher_returns_over_a_rough_network() =>
        Seeds.Run(SeedCount, (world, problems) => PlayReturn(world, problems, LinkSettings.Rough, RoughReturn, leavesFirst: world.Entropy.Happens(0.5)));

    [Fact]
    public void A_subscriber_that_changes_its_network_sees_on() => Seeds.Run(SeedCount, (world, problems) => PlayRestart(world, problems, ofPublisher: false));

    [Fact]
    public void A_publisher_that_changes_its_network_is_seen_on() => Seeds.Run(SeedCount, (world, problems) => PlayRestart(world, problems, ofPublisher: true));

    private static void PlayReturn(World world, Problems problems, LinkSettings link, TimeSpan bound, bool leavesFirst)
    {
        VideoSettings camera = world.Entropy.Happens(0.5) ? VideoSettings.Single : VideoSettings.Simulcast;
        Peer first = world.Join(People.Publisher(world, "ada", camera, link));
        world.Join(People.Publisher(world, "bea", camera, link));
        Peer subscriber = world.Join(People.Subscriber("bob", 2, 2, link));
        world.Run(Start);
        string? slot = SlotOf(subscriber, "ada")?.Mid;
        world.Vanish(first);
        if (leavesFirst)
            world.Command(new CloseTransport(first.Transport));
        world.Run(Away);
        Peer second = world.Join(People.Publisher(world, "ada", camera, link));
        world.Run(bound);
        if (!leavesFirst)
            world.Command(new CloseTransport(first.Transport));
        world.Run(Away);
        VideoReceiver? receiver = SlotOf(subscriber, "ada");
        problems.Unless(receiver is not null && receiver.Mid == slot, $"ada was in slot {slot} and is in {receiver?.Mid}");
        problems.Unless(receiver?.Viewer.Last.Tag.Publisher == second.Port.Number, $"{receiver?.Name} shows {receiver?.Viewer.Last.Tag}");
        foreach (VideoReceiver any in subscriber.VideoReceivers)
            problems.Unless(world.Now - any.Viewer.LastAt < TimeSpan.FromMilliseconds(600), $"{any.Name}: nothing seen since {any.Viewer.LastAt}");
    }

    private static void PlayRestart(World world, Problems problems, bool ofPublisher)
    {
        Peer publisher = world.Join(People.Publisher(world, "ada", VideoSettings.Single, LinkSettings.Clean));
        Peer subscriber = world.Join(People.Subscriber("bob", 1, 1, LinkSettings.Clean));
        world.Run(Start);
        VideoReceiver receiver = subscriber.VideoReceivers[0];
        receiver.Viewer.ForgetGaps();
        world.MoveToOtherNetwork(ofPublisher ? publisher : subscriber);
        world.Run(Return);
        TimeSpan gap = receiver.Viewer.LongestGapUntil(world.Now);
        MonotonicTime heard = subscriber.AudioReceivers[0].LastAt;
        problems.Unless(gap < RestartBound, $"{receiver.Name}: frozen for {gap.TotalMilliseconds} ms");
        problems.Unless(world.Now - heard < TimeSpan.FromMilliseconds(200), $"nothing heard since {heard}");
    }

    private static VideoReceiver? SlotOf(Peer subscriber, string name) =>
        subscriber.VideoReceivers.FirstOrDefault(receiver => receiver.Names.Current?.Participant == name);
}
