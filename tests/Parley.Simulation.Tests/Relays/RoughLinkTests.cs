using System.Collections.Concurrent;
using Parley.Rtc.Primitives;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Relays;

/// <summary>
/// A meeting over several shards whose links lose 5 % in bursts, jitter by 60 ms, reorder and duplicate, media and messages alike. Then the links recover.
/// </summary>
public sealed class RoughLinkTests(ITestOutputHelper output)
{
    private const int SeedCount = 50;

    private static readonly TimeSpan Rough = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Recovered = TimeSpan.FromSeconds(1);

    // A packet is asked for again each round trip of up to 160 ms on each of two links; what ten tries did not bring is mended by a key frame, whose request crosses both links, too.
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(4);

    private readonly ConcurrentBag<double> _gaps = [];

    [Fact]
    public void A_line_of_three_shards_is_whole_again()
    {
        Seeds.Run(SeedCount, Shapes.LineShards, (world, problems) => Play(world, problems, Shapes.Line));
        Report();
    }

    [Fact]
    public void A_star_of_four_shards_is_whole_again()
    {
        Seeds.Run(SeedCount, Shapes.StarShards, (world, problems) => Play(world, problems, Shapes.Star));
        Report();
    }

    private void Play(World world, Problems problems, Action<World, LinkSettings> lay)
    {
        lay(world, LinkSettings.Rough);
        Shapes.Populate(world, VideoSettings.Single);
        world.Run(Rough);
        Shapes.Heal(world);
        world.Run(Settling);
        Shapes.BeStrict(world);
        world.Run(Recovered);
        Shapes.ExpectAll(world, problems, world.Nodes.Count);
        Shapes.ExpectOnce(world, problems);
        foreach (Peer peer in Shapes.Subscribers(world))
            Judge(peer, world.Now, problems);
    }

    private void Judge(Peer peer, MonotonicTime now, Problems problems)
    {
        foreach (VideoReceiver receiver in peer.VideoReceivers)
        {
            receiver.Finish();
            TimeSpan gap = receiver.Viewer.LongestGapUntil(now);
            _gaps.Add(gap.TotalMilliseconds);
            problems.Unless(receiver.Audit.StrictHoles == 0, $"{receiver.Name}: {receiver.Audit.StrictHoles} holes after recovery");
            problems.Unless(gap < LongestFreeze, $"{receiver.Name}: frozen for {gap.TotalMilliseconds} ms until {receiver.Viewer.LongestGapAt}");
        }

        foreach (AudioReceiver receiver in peer.AudioReceivers)
            problems.Unless(receiver.StrictHoles <= 0, $"{receiver.Name}: {receiver.StrictHoles} holes after recovery");
    }

    private void Report()
    {
        double[] gaps = [.. _gaps.Order()];
        if (gaps.Length > 0)
            output.WriteLine($"longest gap of {gaps.Length} streams: median {gaps[gaps.Length / 2]:0} ms, 99 % {gaps[gaps.Length * 99 / 100]:0} ms, worst {gaps[^1]:0} ms");
    }
}
