using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Meetings;

/// <summary>Twenty people with three slots for sound each, who speak one after the other: everyone hears the speaker, and nobody themself.</summary>
public sealed class SpeakerTests
{
    private const int SeedCount = 30;
    private const int People20 = 20;
    private const int Turns = 5;
    private const byte Speech = 20;
    private const byte Noise = 75;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    [Fact]
    public void Everyone_hears_who_speaks() => Seeds.Run(SeedCount, (world, problems) => Play(world, problems, LinkSettings.Clean));

    [Fact]
    public void Everyone_hears_who_speaks_over_a_rough_network() => Seeds.Run(SeedCount, (world, problems) => Play(world, problems, LinkSettings.Rough));

    private static void Play(World world, Problems problems, LinkSettings link)
    {
        for (int i = 0; i < People20; i++)
        {
            Peer peer = world.Join(People.Publisher(world, $"person {i}", VideoSettings.Single with { FrameRate = 10 }, link) with { AudioSlots = 3, VideoSlots = 2 });
            peer.Microphone!.Level = (byte)(Noise + world.Entropy.NextInt(10));
        }

        world.Run(Start);
        Peer? before = null;
        for (int i = 0; i < Turns; i++)
        {
            Peer speaker = world.Peers[world.Entropy.NextInt(People20)];
            if (before is not null)
                before.Microphone!.Level = Noise;
            speaker.Microphone!.Level = Speech;
            world.Run(Turn);
            Judge(world, speaker, problems);
            before = speaker;
        }

        string? dominant = world.Events.OfType<SpeakersChanged>().LastOrDefault()?.Dominant;
        problems.Unless(dominant == before!.Settings.Name, $"{before.Settings.Name} speaks and {dominant} is called the dominant speaker");
    }

    private static void Judge(World world, Peer speaker, Problems problems)
    {
        foreach (Peer peer in world.Peers)
        {
            if (peer == speaker)
                continue;
            bool hears = peer.AudioReceivers.Any(receiver => Hears(receiver, speaker, world));
            problems.Unless(hears, $"{peer.Settings.Name} does not hear {speaker.Settings.Name} at {world.Now}");
        }
    }

    private static bool Hears(AudioReceiver receiver, Peer speaker, World world) =>
        receiver.LastSpeaker == speaker.Settings.Name && world.Now - receiver.LastAt < TimeSpan.FromMilliseconds(300);
}
