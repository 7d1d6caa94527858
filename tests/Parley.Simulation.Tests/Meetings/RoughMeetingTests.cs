using System.Collections.Concurrent;
using Parley.Rtc.Primitives;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Meetings;

/// <summary>
/// Two publishers and five subscribers over networks that lose 5 % in bursts, jitter by 60 ms, reorder and duplicate; sequence numbers wrap. Then the networks recover.
/// </summary>
public sealed class RoughMeetingTests(ITestOutputHelper output)
{
    private const int SeedCount = 1000;
    private const int Publishers = 2;
    private const int Subscribers = 5;

    private static readonly TimeSpan Rough = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan Recovered = TimeSpan.FromSeconds(1);

    // A packet lost on both hops is asked for anew each round trip, of up to 160 ms here. Seven tries at one in ten each are lost once in ten million packets, so that almost nobody
    // has to wait for a key frame (see People.LongestFreeze).
    private static readonly TimeSpan UsualFreeze = TimeSpan.FromSeconds(1.2);
    private const double UnusualShare = 0.001;
    private const int EnoughStreams = 1000;

    private readonly ConcurrentBag<double> _gaps = [];
    private long _frames;
    private long _freezes;
    private long _holes;

    [Fact]
    public void Streams_are_whole_again_after_a_rough_network()
    {
        Seeds.Run(SeedCount, Play);
        double[] gaps = [.. _gaps.Order()];
        output.WriteLine($"{_frames} frames seen, {_freezes} freezes, {_holes} numbers never repaired");
        output.WriteLine($"longest gap of a stream: median {gaps[gaps.Length / 2]:0} ms, 99 % {gaps[gaps.Length * 99 / 100]:0} ms, worst {gaps[^1]:0} ms");
        int unusual = gaps.Count(gap => gap > UsualFreeze.TotalMilliseconds);
        if (gaps.Length >= EnoughStreams)
            Assert.True(unusual <= gaps.Length * UnusualShare, $"{unusual} of {gaps.Length} streams stood still for more than {UsualFreeze}");
    }

    private void Play(World world, Problems problems)
    {
        for (int i = 0; i < Publishers; i++)
            world.Join(People.Publisher(world, $"publisher {i}", VideoSettings.Single, LinkSettings.Rough));
        for (int i = 0; i < Subscribers; i++)
            world.Join(People.Subscriber($"subscriber {i}", Publishers, Publishers, LinkSettings.Rough));
        world.Run(Rough);
        People.Heal(world);
        world.Run(Settling);
        foreach (Peer peer in world.Peers)
            BeStrict(peer);
        world.Run(Recovered);
        foreach (Peer peer in world.Peers.Skip(Publishers))
            Judge(peer, world.Now, problems);
    }

    private static void BeStrict(Peer peer)
    {
        foreach (VideoReceiver receiver in peer.VideoReceivers)
            receiver.BeStrict();
        foreach (AudioReceiver receiver in peer.AudioReceivers)
            receiver.BeStrict();
    }

    private void Judge(Peer peer, MonotonicTime now, Problems problems)
    {
        foreach (VideoReceiver receiver in peer.VideoReceivers)
        {
            receiver.Finish();
            TimeSpan gap = receiver.Viewer.LongestGapUntil(now);
            _gaps.Add(gap.TotalMilliseconds);
            Interlocked.Add(ref _frames, receiver.Viewer.Frames);
            Interlocked.Add(ref _freezes, receiver.Viewer.Freezes);
            Interlocked.Add(ref _holes, receiver.Audit.Holes);
            problems.Unless(receiver.Audit.StrictHoles == 0, $"{receiver.Name}: {receiver.Audit.StrictHoles} holes after recovery");
            problems.Unless(gap < People.LongestFreeze, $"{receiver.Name}: frozen for {gap.TotalMilliseconds} ms until {receiver.Viewer.LongestGapAt}");
            problems.Unless(now - receiver.Viewer.LastAt < TimeSpan.FromMilliseconds(400), $"{receiver.Name}: nothing seen since {receiver.Viewer.LastAt}");
        }

        foreach (AudioReceiver receiver in peer.AudioReceivers)
        {
            problems.Unless(receiver.StrictHoles <= 0, $"{receiver.Name}: {receiver.StrictHoles} holes after recovery");
            problems.Unless(now - receiver.LastAt < TimeSpan.FromMilliseconds(400), $"{receiver.Name}: nothing heard since {receiver.LastAt}");
        }
    }
}
