using System.Collections.Concurrent;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Problems;

namespace Parley.Server.Tests.Nodes;

public class NodeDeathTests
{
    [Fact]
    public async Task A_dead_node_is_noticed_within_two_seconds_and_so_is_its_return()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"]);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-sea"];
        ConcurrentQueue<NodesChange> told = new();
        using IDisposable watch = home.Links.Watch(told.Enqueue);
        IMediaNodeLink link = home.Links.Find(away.Id)!;
        await using IMediaRoom room = await home.OpenAsync("eu-fra-00000000000000000001", away);
        Task<MediaAnswer> waiting = room.ConnectAsync(new MediaOffer { Participant = "p", Sdp = "v=0 slow" });
        await waiting;

        Task stopping = away.StopAsync();
        await Until.TrueAsync(() => !link.IsAlive, seconds: 2);
        await room.Events.Completion.WaitAsync(TimeSpan.FromSeconds(1));
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(() => link.OpenRoomAsync("eu-fra-00000000000000000001"));
        Assert.Equal("node-unreachable", refused.Code);
        await stopping;
        Assert.Equal(new NodesChange(away.Id, false), Assert.Single(told));
        Assert.Empty(home.Links.Delays);

        await away.StartAsync();
        await Until.TrueAsync(() => link.IsAlive, seconds: 5);
        Assert.Equal([new NodesChange(away.Id, false), new NodesChange(away.Id, true)], told);
        await using IMediaRoom again = await home.OpenAsync("eu-fra-00000000000000000001", away);
        Assert.Equal("v=0 answer 1", (await again.ConnectAsync(new MediaOffer { Participant = "p", Sdp = "v=0" })).Sdp);
    }

    [Fact]
    public async Task A_grant_from_before_a_restart_opens_nothing_after_it()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"]);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-sea"];
        const string meeting = "eu-fra-00000000000000000001";
        string before = home.Sign(home.Grant(meeting, away));
        Assert.Null(await home.Links.Find(away.Id)!.GrantAsync(before));
        string? life = home.Links.Find(away.Id)!.Life;
        await away.StopAsync();
        await away.StartAsync();
        IMediaNodeLink link = home.Links.Find(away.Id)!;
        await Until.TrueAsync(() => link.IsAlive && link.Life != life);
        Assert.Equal("grant-life", (await link.GrantAsync(before))!.Rule);
        Assert.Equal("grant-missing", (await Assert.ThrowsAsync<ProblemException>(() => link.OpenRoomAsync(meeting))).Code);
        Assert.Null(await link.GrantAsync(home.Sign(home.Grant(meeting, away))));
    }

    [Fact]
    public async Task A_node_that_answers_nothing_is_dead_within_two_seconds()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"]);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-sea"];
        IMediaNodeLink link = home.Links.Find(away.Id)!;
        await using IMediaRoom room = await home.OpenAsync("eu-fra-00000000000000000001", away);
        away.Media.IsHealthy = false;
        await Until.TrueAsync(() => !link.IsAlive, seconds: 2.5);
        await room.Events.Completion.WaitAsync(TimeSpan.FromSeconds(1));
        away.Media.IsHealthy = true;
        await Until.TrueAsync(() => link.IsAlive, seconds: 3);
        Assert.False(away.Media.Room.IsDisposed);
    }

    [Fact]
    public async Task How_much_a_node_can_carry_is_told_with_its_answers()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"]);
        await world.MeetAsync();
        Assert.Equal(new NodeLoad(50, 0), world["eu-fra"].Links.Find(world["us-sea"].Id)!.Load);
        Assert.Equal(new NodeLoad(50, 0), world["eu-fra"].Links.Find(world["eu-fra"].Id)!.Load);
    }

    [Fact]
    public async Task Round_trips_are_measured_and_told_to_the_others()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea", "eu-ams"]);
        await world.MeetAsync();
        await Until.TrueAsync(() => world["eu-fra"].Links.Delays.Select(static delay => (delay.From, delay.To)).Distinct().Count() == 6, seconds: 15);
        Assert.All(world["eu-fra"].Links.Delays, static delay => Assert.InRange(delay.RoundTrip, 0.001, 1000));
    }
}
