using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Meetings;

/// <summary>A publisher mutes and unmutes again and again while its client sends on: nothing passes meanwhile, and everything is back soon.</summary>
public sealed class MuteTests
{
    private const int SeedCount = 100;
    private const int Mutes = 4;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A key frame: a request's round trip, 300 ms at most since the last one, 100 ms of playout.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    [Fact]
    public void Unmuting_is_seen_and_heard_at_once() => Seeds.Run(SeedCount, (world, problems) => Play(world, problems, LinkSettings.Clean, Bound));

    [Fact]
    public void Unmuting_is_seen_and_heard_soon_over_a_rough_network() => Seeds.Run(SeedCount, (world, problems) => Play(world, problems, LinkSettings.Rough, People.LongestFreeze));

    private static void Play(World world, Problems problems, LinkSettings link, TimeSpan bound)
    {
        VideoSettings camera = world.Entropy.Happens(0.5) ? VideoSettings.Single : VideoSettings.Simulcast;
        Peer publisher = world.Join(People.Publisher(world, "ada", camera, link));
        Peer subscriber = world.Join(People.Subscriber("bob", 1, 1, link));
        world.Run(Start);
        for (int i = 0; i < Mutes; i++)
        {
            Mute(world, publisher, isMuted: true);
            world.Run(TimeSpan.FromMilliseconds(300));
            MonotonicTime silent = world.Now;
            world.Run(world.Entropy.NextDuration(Pause));
            AudioReceiver sound = subscriber.AudioReceivers[0];
            problems.Unless(sound.LastAt <= silent, $"{sound.Name}: hears a muted microphone at {sound.LastAt}");
            Mute(world, publisher, isMuted: false);
            MonotonicTime unmuted = world.Now;
            world.Run(bound);
            VideoReceiver picture = subscriber.VideoReceivers[0];
            problems.Unless(picture.Viewer.LastAt > unmuted, $"{picture.Name}: unmuted at {unmuted}, nothing seen since {picture.Viewer.LastAt}");
            problems.Unless(sound.LastAt > unmuted, $"{sound.Name}: unmuted at {unmuted}, nothing heard since {sound.LastAt}");
        }
    }

    private static void Mute(World world, Peer publisher, bool isMuted)
    {
        world.Command(new SetMuted(publisher.Transport, SourceKind.Microphone, isMuted));
        world.Command(new SetMuted(publisher.Transport, SourceKind.Camera, isMuted));
    }
}
