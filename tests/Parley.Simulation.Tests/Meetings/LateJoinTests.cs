using Parley.Rtc.Primitives;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Meetings;

/// <summary>Who joins a meeting that is under way does not wait for its pictures.</summary>
public sealed class LateJoinTests
{
    private const int SeedCount = 100;

    private const int BigSeedCount = 10;

    // A key frame of 22 kB, and 400 kbit/s in all.
    private static readonly VideoSettings BigPictures = new() { Layers = [new("", 720, 20, 3)], PayloadLength = 1100 };
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(700);

    // Checks, handshake, request, key frame: four round trips of 40 ms, up to a frame interval, 100 ms of playout.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_late_joiner_sees_everyone_within_a_second() => Seeds.Run(SeedCount, (world, problems) => Play(world, problems, LinkSettings.Clean, Bound));

    [Fact]
    public void So_it_is_soon_over_a_rough_network() => Seeds.Run(SeedCount, (world, problems) => Play(world, problems, LinkSettings.Rough, People.LongestFreeze));

    [Fact]
    public void Big_key_frames_do_not_make_the_fifth_wait() =>
        Seeds.Run(BigSeedCount, (world, problems) => Play(world, problems, LinkSettings.Clean, Bound, BigPictures));

    private static void Play(World world, Problems problems, LinkSettings link, TimeSpan bound, VideoSettings? camera = null)
    {
        for (int i = 0; i < 3; i++)
            world.Join(People.Publisher(world, $"publisher {i}", camera ?? VideoSettings.Single, link));
        world.Run(Before);
        var joins = new List<(Peer Peer, MonotonicTime At)>();
        for (int i = 0; i < 5; i++)
        {
            joins.Add((world.Join(People.Subscriber($"subscriber {i}", 3, 3, link)), world.Now));
            world.Run(Between);
        }

        world.Run(bound);
        foreach ((Peer peer, MonotonicTime at) in joins)
        {
            foreach (VideoReceiver receiver in peer.VideoReceivers)
                problems.Unless(receiver.Viewer.FirstAt - at <= bound, $"{receiver.Name}: joined at {at}, sees the first picture at {receiver.Viewer.FirstAt}");
        }
    }
}
