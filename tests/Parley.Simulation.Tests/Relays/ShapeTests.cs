using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Relays;

/// <summary>Shapes that are no trees, for a moment or by mistake.</summary>
public sealed class ShapeTests
{
    private const int SeedCount = 20;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(3);

    /// <summary>A tree is changed by adding the new link before the old one goes: meanwhile there is a ring.</summary>
    [Fact]
    public void A_ring_shows_nobody_twice_and_any_of_its_links_may_go() => Seeds.Run(SeedCount, Shapes.LineShards, (world, problems) =>
    {
        Shapes.Line(world, LinkSettings.Clean);
        Shapes.Populate(world, VideoSettings.Single);
        world.Run(Start);
        world.Relay(0, 2, LinkSettings.Clean);
        world.Run(Start);
        Shapes.ExpectAll(world, problems, Shapes.LineShards);
        Shapes.ExpectOnce(world, problems);
        RelayPath gone = world.Paths[world.Entropy.NextInt(3)];
        world.Command(new CloseRelayLink(gone.Id), gone.First);
        world.Run(Start);
        Shapes.ExpectAll(world, problems, Shapes.LineShards);
        Shapes.ExpectOnce(world, problems);
    });

    [Fact]
    public void A_source_goes_no_further_than_its_hops() => Seeds.Run(1, 10, (world, problems) =>
    {
        for (int i = 1; i < world.Nodes.Count; i++)
            world.Relay(i - 1, i, LinkSettings.Clean);
        world.Join(People.Publisher(world, "ada", VideoSettings.Single, LinkSettings.Clean), world.Nodes[0]);
        Peer last = world.Join(People.Subscriber("last", 1, 1, LinkSettings.Clean), world.Nodes[8]);
        Peer beyond = world.Join(People.Subscriber("beyond", 1, 1, LinkSettings.Clean), world.Nodes[9]);
        world.Run(Start);
        problems.Unless(last.VideoReceivers[0].Viewer.Frames > 0, $"nobody sees her eight links away");
        problems.Unless(beyond.VideoReceivers[0].Viewer.Frames == 0, $"she is seen nine links away");
    });
}
