using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Relays;

/// <summary>Participants move to another shard, layers are wanted and not wanted, people mute: over links.</summary>
public sealed class MovingTests
{
    private const int SeedCount = 30;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Moved = TimeSpan.FromSeconds(3);

    [Fact]
    public void Somebody_who_moves_is_never_there_twice() => Seeds.Run(SeedCount, Shapes.LineShards, (world, problems) =>
    {
        LinkSettings link = world.Entropy.Happens(0.5) ? LinkSettings.Rough : LinkSettings.Clean;
        Shapes.Line(world, link);
        Shapes.Populate(world, VideoSettings.Single);
        world.Run(Start);
        Peer old = world.Peers[0];
        WorldNode target = world.Nodes[1 + world.Entropy.NextInt(2)];
        // The new transport first, then the old one closes.
        world.Join(old.Settings, target);
        world.Run(world.Entropy.NextDuration(TimeSpan.FromSeconds(1)));
        world.Leave(old);
        world.Run(Moved);
        Shapes.Heal(world);
        world.Run(Moved);
        Shapes.ExpectAll(world, problems, Shapes.LineShards);
        Shapes.ExpectOnce(world, problems);
        foreach (Peer peer in Shapes.Subscribers(world))
        {
            VideoReceiver? receiver = peer.VideoReceivers.FirstOrDefault(slot => slot.Names.Current?.Participant == old.Settings.Name);
            problems.Unless(receiver is not null && receiver.Viewer.Last.Tag.Publisher == world.Peers[^1].Port.Number, $"{receiver?.Name} shows {receiver?.Viewer.Last.Tag}");
        }
    });

    [Fact]
    public void Only_the_layers_that_somebody_shows_cross() => Seeds.Run(SeedCount, Shapes.LineShards, (world, problems) =>
    {
        Shapes.Line(world, LinkSettings.Clean);
        world.Join(People.Publisher(world, "ada", VideoSettings.Simulcast, LinkSettings.Clean), world.Nodes[0]);
        Peer near = world.Join(People.Subscriber("near", 1, 1, LinkSettings.Clean, SubscriptionMode.Wishes), world.Nodes[1]);
        Peer far = world.Join(People.Subscriber("far", 1, 1, LinkSettings.Clean, SubscriptionMode.Wishes), world.Nodes[2]);
        Peer alsoFar = world.Join(People.Subscriber("also far", 1, 1, LinkSettings.Clean, SubscriptionMode.Wishes), world.Nodes[2]);
        Expect(world, problems, [], [], (near, 0), (far, 0), (alsoFar, 0));
        Expect(world, problems, [0], [0], (near, 0), (far, 180), (alsoFar, 180));
        Expect(world, problems, [0, 2], [0], (near, 720), (far, 180), (alsoFar, 180));
        Expect(world, problems, [0, 1, 2], [1, 2], (near, 180), (far, 720), (alsoFar, 360));
        Expect(world, problems, [2], [], (near, 720), (far, 0), (alsoFar, 0));
        Expect(world, problems, [], [], (near, 0), (far, 0), (alsoFar, 0));
        Expect(world, problems, [1], [1], (near, 0), (far, 360), (alsoFar, 360));
        problems.Unless(far.VideoReceivers[0].Viewer.Last.Tag.Layer == 1, $"far shows layer {far.VideoReceivers[0].Viewer.Last.Tag.Layer}");
        Shapes.ExpectOnce(world, problems);
    });

    [Fact]
    public void A_muted_camera_crosses_no_link_and_comes_back() => Seeds.Run(SeedCount, Shapes.LineShards, (world, problems) =>
    {
        Shapes.Line(world, LinkSettings.Rough);
        Shapes.Populate(world, VideoSettings.Single);
        world.Run(Start);
        Peer publisher = world.Peers[0];
        world.Command(new SetMuted(publisher.Transport, SourceKind.Camera, true), publisher.Node);
        world.Run(Moved);
        long packets = Sent(world).Where(layer => layer.Source == new SourceId(publisher.Settings.Name, SourceKind.Camera)).Sum(layer => layer.Packets);
        world.Run(Moved);
        long later = Sent(world).Where(layer => layer.Source == new SourceId(publisher.Settings.Name, SourceKind.Camera)).Sum(layer => layer.Packets);
        problems.Unless(packets == later, $"{later - packets} packets of a muted camera crossed");
        Shapes.Heal(world);
        world.Command(new SetMuted(publisher.Transport, SourceKind.Camera, false), publisher.Node);
        world.Run(Moved);
        Shapes.ExpectAll(world, problems, Shapes.LineShards);
    });

    private static void Expect(World world, Problems problems, int[] first, int[] second, params ReadOnlySpan<(Peer Peer, int Height)> wishes)
    {
        foreach ((Peer peer, int height) in wishes)
            world.Command(new SetView(peer.Transport, height == 0 ? [] : [new SourceWish(new SourceId("ada", SourceKind.Camera), height)]), peer.Node);
        world.Run(TimeSpan.FromSeconds(2));
        Compare(world.Paths[0].Count(world.Nodes[0]), first, problems, "first");
        Compare(world.Paths[1].Count(world.Nodes[1]), second, problems, "second");
        foreach ((Peer peer, int height) in wishes)
        {
            bool isSeen = world.Now - peer.VideoReceivers[0].Viewer.LastAt < TimeSpan.FromMilliseconds(500);
            problems.Unless(isSeen == height > 0, $"{peer.Settings.Name} with {height}: last seen {peer.VideoReceivers[0].Viewer.LastAt}, now {world.Now}");
        }
    }

    private static void Compare(RelayRowStatistics? row, int[] layers, Problems problems, string link)
    {
        string crossing = string.Join(' ', (row?.Sent ?? []).Where(layer => layer is { IsNeeded: true, Source.Kind: SourceKind.Camera }).Select(layer => layer.Layer).Order());
        problems.Unless(crossing == string.Join(' ', layers), $"over the {link} link go layers {crossing}, and {string.Join(' ', layers)} are shown");
    }

    private static IEnumerable<RelayLayerStatistics> Sent(World world) =>
        world.Paths.SelectMany(path => (path.Count(path.First)?.Sent ?? []).Concat(path.Count(path.Second)?.Sent ?? []));
}
