using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Simulation.Networks;
using Parley.Simulation.Peers;
using Parley.Simulation.Publishers;
using Parley.Simulation.Tests.Support;
using Parley.Simulation.Worlds;

namespace Parley.Simulation.Tests.Relays;

/// <summary>Rows are left and joined again, links die and are replaced, whatever the network loses of it.</summary>
public sealed class RowTests
{
    private const int SeedCount = 30;

    private static readonly TimeSpan Start = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Rejoined = TimeSpan.FromSeconds(3);

    // Packets under way when a row is left still arrive.
    private static readonly TimeSpan UnderWay = TimeSpan.FromMilliseconds(200);

    [Fact]
    public void Leaving_stops_everything_at_once_and_joining_again_heals() => Seeds.Run(SeedCount, Shapes.LineShards, (world, problems) =>
    {
        LinkSettings link = world.Entropy.Happens(0.5) ? LinkSettings.Rough : LinkSettings.Clean;
        Shapes.Line(world, link);
        Shapes.Populate(world, VideoSettings.Single);
        world.Run(Start);
        RelayPath path = world.Paths[world.Entropy.NextInt(2)];
        // Either end, by itself: the other one's grant may end later.
        WorldNode leaving = world.Entropy.Happens(0.5) ? path.First : path.Second;
        WorldNode other = leaving == path.First ? path.Second : path.First;
        path.Leave(leaving);
        problems.Unless(path.Count(leaving) is null, $"the row is still there");
        ExpectParted(world, leaving, problems);
        world.Run(Apart);
        long unknown = leaving.Core.Drops[DropReason.UnknownSsrc];
        path.Leave(other);
        problems.Unless(path.Count(other) is null, $"the other end's row is still there");
        world.Run(UnderWay);
        long late = leaving.Core.Drops[DropReason.UnknownSsrc] - unknown;
        world.Run(Apart);
        problems.Unless(leaving.Core.Drops[DropReason.UnknownSsrc] - unknown == late, $"packets still come after both ends left");
        path.Join(other, row: 2);
        world.Run(world.Entropy.NextDuration(Apart));
        path.Join(leaving, row: 2);
        // Beginning needs key frames whole at the first try, which a rough network may deny for seconds.
        Shapes.Heal(world);
        world.Run(Rejoined);
        Shapes.ExpectAll(world, problems, Shapes.LineShards);
        Shapes.ExpectOnce(world, problems);
    });

    [Fact]
    public void One_end_may_leave_and_join_again() => Seeds.Run(SeedCount, Shapes.LineShards, (world, problems) =>
    {
        Shapes.Line(world, LinkSettings.Rough);
        Shapes.Populate(world, VideoSettings.Single);
        world.Run(Start);
        for (int i = 0; i < 3; i++)
        {
            RelayPath path = world.Paths[world.Entropy.NextInt(2)];
            WorldNode node = world.Entropy.Happens(0.5) ? path.First : path.Second;
            path.Leave(node);
            world.Run(world.Entropy.NextDuration(TimeSpan.FromMilliseconds(300)));
            path.Join(node, row: 1);
            world.Run(world.Entropy.NextDuration(TimeSpan.FromMilliseconds(300)));
        }

        Shapes.Heal(world);
        world.Run(Rejoined);
        Shapes.ExpectAll(world, problems, Shapes.LineShards);
        Shapes.ExpectOnce(world, problems);
    });

    [Fact]
    public void A_dead_link_is_reported_by_both_ends_and_another_one_heals() => Seeds.Run(SeedCount, Shapes.LineShards, (world, problems) =>
    {
        Shapes.Line(world, LinkSettings.Clean);
        Shapes.Populate(world, VideoSettings.Single);
        world.Run(Start);
        RelayPath path = world.Paths[0];
        path.Set(LinkSettings.Clean with { Loss = 1, MeanBurst = TimeSpan.FromHours(1) });
        world.Run(TimeSpan.FromSeconds(6));
        foreach (WorldNode node in new[] { path.First, path.Second })
        {
            bool isTold = node.Events.OfType<RelayLinkClosed>().Any(closed => closed.Link == path.Id && closed.Reason == RelayCloseReason.Silent);
            problems.Unless(isTold, $"shard {node.Number} does not tell that its link is dead");
        }

        ExpectParted(world, path.First, problems);
        path.Set(LinkSettings.Clean);
        path.Open(row: 5);
        world.Run(Rejoined);
        Shapes.ExpectAll(world, problems, Shapes.LineShards);
        Shapes.ExpectOnce(world, problems);
    });

    [Fact]
    public void A_link_that_nobody_answers_gives_up_in_time() => Seeds.Run(20, Shapes.LineShards, (world, problems) =>
    {
        Shapes.Line(world, LinkSettings.Clean with { Loss = 1, MeanBurst = TimeSpan.FromHours(1) });
        world.Run(TimeSpan.FromSeconds(6));
        problems.Unless(world.Events.OfType<RelayLinkClosed>().Any(closed => closed.Reason == RelayCloseReason.NeverConnected), $"the initiator still tries");
        problems.Unless(world.Paths[0].There.Offered is > 4 and < 20, $"it sent {world.Paths[0].There.Offered} checks");
        world.Run(TimeSpan.FromSeconds(6));
        problems.Unless(world.Nodes[1].Events.OfType<RelayLinkClosed>().Any(), $"the other end still waits");
    });

    // The sources of the other side have stopped within the call.
    private static void ExpectParted(World world, WorldNode node, Problems problems)
    {
        string own = $"publisher {node.Number}";
        foreach (Peer peer in Shapes.Subscribers(world).Where(peer => peer.Node == node))
        {
            foreach (string name in peer.VideoReceivers.Select(receiver => receiver.Names.Current?.Participant).OfType<string>())
            {
                bool isReachable = name == own || (node.Number == 1 && name is "publisher 0" or "publisher 2");
                problems.Unless(isReachable, $"{peer.Settings.Name} still sees {name}");
            }
        }
    }
}
