using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Meetings;

/// <summary>
/// A subscriber with two slots wishes to see others all the time. That nobody is ever shown under another's name is held for every single packet (see <see cref="VideoReceiver"/>).
/// </summary>
public sealed class SlotChangeTests
{
    private const int SeedCount = 100;
    private const int Publishers = 4;
    private const int Changes = 10;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4);

    [Fact]
    public void Slots_change_hands_over_a_rough_network() => Seeds.Run(SeedCount, (world, problems) => Play(world, problems, rtx: true));

    [Fact]
    public void Slots_change_hands_without_rtx() => Seeds.Run(SeedCount, (world, problems) => Play(world, problems, rtx: false));

    private static void Play(World world, Problems problems, bool rtx)
    {
        for (int i = 0; i < Publishers; i++)
        {
            VideoSettings camera = i % 2 == 0 ? VideoSettings.Single : VideoSettings.Simulcast;
            world.Join(People.Publisher(world, NameOf(i), camera, LinkSettings.Rough) with { Rtx = rtx });
        }

        Peer subscriber = world.Join(People.Subscriber("subscriber", 2, 2, LinkSettings.Rough, SubscriptionMode.Wishes) with { Rtx = rtx });
        world.Run(Start);
        for (int i = 0; i < Changes; i++)
        {
            Wish(world, subscriber);
            world.Run(world.Entropy.NextDuration(Between));
        }

        (string first, string second) = Wish(world, subscriber);
        People.Heal(world);
        world.Run(Settling);
        Judge(world, subscriber, first, problems);
        Judge(world, subscriber, second, problems);
    }

    private static void Judge(World world, Peer subscriber, string name, Problems problems)
    {
        VideoReceiver? receiver = subscriber.VideoReceivers.FirstOrDefault(candidate => candidate.Names.Current?.Participant == name);
        if (receiver is null)
        {
            problems.Add($"{name} is in no slot");
            return;
        }

        string? shown = world.NameOf(receiver.Viewer.Last.Tag.Publisher);
        problems.Unless(shown == name, $"{receiver.Name}: the last picture is of {shown}, not of {name}");
        problems.Unless(world.Now - receiver.Viewer.LastAt < TimeSpan.FromMilliseconds(400), $"{receiver.Name}: nothing seen since {receiver.Viewer.LastAt}");
    }

    private static (string First, string Second) Wish(World world, Peer subscriber)
    {
        int first = world.Entropy.NextInt(Publishers);
        int second = (first + 1 + world.Entropy.NextInt(Publishers - 1)) % Publishers;
        People.Wish(world, subscriber, (NameOf(first), 180 << world.Entropy.NextInt(3)), (NameOf(second), 180 << world.Entropy.NextInt(3)));
        return (NameOf(first), NameOf(second));
    }

    private static string NameOf(int index) => $"publisher {index}";
}
