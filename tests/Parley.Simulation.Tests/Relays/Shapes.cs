using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Relays;

/// <summary>Trees of shards, who sits where on them, and what must hold on every one.</summary>
internal static class Shapes
{
    public const int LineShards = 3;
    public const int StarShards = 4;

    /// <summary>The first and the last shard meet over the one between.</summary>
    public static void Line(World world, LinkSettings link)
    {
        world.Relay(0, 1, link);
        world.Relay(2, 1, link);
    }

    /// <summary>All meet over the first.</summary>
    public static void Star(World world, LinkSettings link)
    {
        for (int i = 1; i < StarShards; i++)
            world.Relay(0, i, link);
    }

    /// <summary>One publisher and two subscribers, who want all, on each shard; the ways to them are clean, so that what goes wrong is the links' doing.</summary>
    public static void Populate(World world, VideoSettings camera)
    {
        foreach (WorldNode node in world.Nodes)
        {
            world.Join(People.Publisher(world, $"publisher {node.Number}", camera, LinkSettings.Clean), node);
            for (int i = 0; i < 2; i++)
                world.Join(People.Subscriber($"subscriber {node.Number}.{i}", world.Nodes.Count, world.Nodes.Count, LinkSettings.Clean), node);
        }
    }

    /// <summary>Those who watch.</summary>
    public static IEnumerable<Peer> Subscribers(World world) => world.Peers.Where(peer => peer.VideoReceivers.Count > 0 && !peer.HasLeft);

    /// <summary>The links get well; only the jitter stays.</summary>
    public static void Heal(World world)
    {
        foreach (RelayPath path in world.Paths)
            path.Set(LinkSettings.Clean with { Jitter = LinkSettings.Rough.Jitter });
    }

    /// <summary>From now on nobody may miss anything.</summary>
    public static void BeStrict(World world)
    {
        foreach (Peer peer in Subscribers(world))
        {
            foreach (VideoReceiver receiver in peer.VideoReceivers)
                receiver.BeStrict();
            foreach (AudioReceiver receiver in peer.AudioReceivers)
                receiver.BeStrict();
        }
    }

    /// <summary>Everybody sees and hears everybody now, each once.</summary>
    public static void ExpectAll(World world, Problems problems, int people)
    {
        foreach (Peer peer in Subscribers(world))
        {
            ExpectDistinct(peer, problems, people);
            foreach (VideoReceiver receiver in peer.VideoReceivers)
                problems.Unless(IsFresh(world, receiver.Viewer.LastAt), $"{receiver.Name}: nothing seen since {receiver.Viewer.LastAt}, now {world.Now}");
            foreach (AudioReceiver receiver in peer.AudioReceivers)
                problems.Unless(IsFresh(world, receiver.LastAt), $"{receiver.Name}: nothing heard since {receiver.LastAt}, now {world.Now}");
        }
    }

    /// <summary>On each link each layer goes one way, once: no source twice, and no more packets than its publisher sent.</summary>
    public static void ExpectOnce(World world, Problems problems)
    {
        foreach (RelayPath path in world.Paths)
        {
            RelayRowStatistics? first = path.Count(path.First), second = path.Count(path.Second);
            List<RelayLayerStatistics> sent = [.. first?.Sent ?? [], .. second?.Sent ?? []];
            foreach (IGrouping<(SourceId, int), RelayLayerStatistics> layer in sent.Where(layer => layer.IsNeeded).GroupBy(layer => (layer.Source, layer.Layer)))
                problems.Unless(layer.Count() == 1, $"{layer.Key} crosses between {path.First.Number} and {path.Second.Number} {layer.Count()} times");
            foreach (RelayLayerStatistics layer in sent.Where(layer => layer.Source.Kind == SourceKind.Camera))
            {
                long published = world.Peers.Where(peer => peer.Settings.Name == layer.Source.Participant).Sum(peer => peer.Camera!.Layers[layer.Layer].Packets);
                problems.Unless(layer.Packets <= published, $"{layer}: {published} packets were published");
            }
        }
    }

    private static void ExpectDistinct(Peer peer, Problems problems, int people)
    {
        int seen = peer.VideoReceivers.Select(receiver => receiver.Names.Current?.Participant).OfType<string>().Distinct().Count();
        int heard = peer.AudioReceivers.Select(receiver => receiver.Names.Current?.Participant).OfType<string>().Distinct().Count();
        problems.Unless(seen == people, $"{peer.Settings.Name} sees {seen} of {people} people");
        problems.Unless(heard == people, $"{peer.Settings.Name} hears {heard} of {people} people");
    }

    private static bool IsFresh(World world, MonotonicTime at) => world.Now - at < TimeSpan.FromMilliseconds(500);
}
