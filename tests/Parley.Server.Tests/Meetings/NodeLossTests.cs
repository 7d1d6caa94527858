using System.Diagnostics;
using System.Text.Json;
using Parley.Server.Tests.Problems;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Meetings;

/// <summary>A media node dies, or the directory drops it, while it carries people.</summary>
public class NodeLossTests
{
    [Fact]
    public async Task Those_on_a_node_that_dies_move_within_three_seconds()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc");
        await using TestClient bob = await world.JoinAsync(meeting, "Bob");
        Stopwatch since = Stopwatch.StartNew();
        world.Kill("us-nyc");
        JsonElement move = await ada.NextAsync("move");
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(3), $"told after {since.Elapsed}");
        Assert.Equal("node-lost", move.GetProperty("reason").GetString());
        JsonElement answer = await ada.CallAsync("negotiate", new { offer = TestClient.Offer, tracks = new { }, restart = true });
        Assert.NotEqual("us-nyc", answer.GetProperty("node").GetProperty("region").GetString());
        Assert.DoesNotContain("mediaLost", ada.Untaken());
        Assert.DoesNotContain("participantLeft", bob.Untaken());
    }

    [Fact]
    public async Task A_room_whose_control_was_lost_is_taken_up_again_with_its_relays()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc");
        await using TestClient bob = await world.JoinAsync(meeting, "Bob", near: "eu-sto");
        FakeLink[] ends = [world.Links["us-nyc"], world.Links["eu-sto"]];
        await Eventually.IsAsync(() => ends.Any(link => link.Rooms.Any(static room => room.Log.Any(static line => line.StartsWith("relay", StringComparison.Ordinal)))), "they are relayed");
        FakeLink away = ends[0];
        string[] others = [ends[1].Node, world.Nodes.Own];
        int rooms = away.Rooms.Count;
        away.RoomOf(meeting).Stop(null);
        await Eventually.IsAsync(() => away.Rooms.Count > rooms, "its room is opened again");
        Assert.Contains(Assert.Single(away.RoomOf(meeting).Peers), others);
        await Eventually.IsAsync(() => ends.Sum(link => link.Rooms.Sum(room => room.Log.Count(static line => line.StartsWith("relay", StringComparison.Ordinal)))) > 1, "the relay is asked for again");
    }

    [Fact]
    public async Task A_node_that_refuses_for_want_of_a_grant_gets_another()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc");
        world.Links["us-nyc"].Forget();
        object offer = new { offer = TestClient.Offer, tracks = new { }, restart = true };
        Assert.Equal("grant-missing", (await ada.RefusedAsync("negotiate", offer)).GetProperty("code").GetString());
        Assert.Equal("node-lost", (await ada.NextAsync("move")).GetProperty("reason").GetString());
        Assert.True(world.Links["us-nyc"].Holds(meeting));
        Assert.Equal("us-nyc", (await ada.CallAsync("negotiate", offer)).GetProperty("node").GetProperty("region").GetString());
    }

    [Fact]
    public async Task An_answer_that_a_dying_node_owes_is_not_waited_for()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc");
        TaskCompletionSource hangs = new();
        world.Links["us-nyc"].Hangs = hangs;
        Task<JsonElement> refused = ada.RefusedAsync("negotiate", new { offer = TestClient.Offer, tracks = new { }, restart = true });
        await Eventually.IsAsync(() => world.Links["us-nyc"].IsAsked, "the node is asked");
        world.Kill("us-nyc");
        Assert.Equal("node-unreachable", (await refused).GetProperty("code").GetString());
        Assert.Equal("node-lost", (await ada.NextAsync("move")).GetProperty("reason").GetString());
        hangs.SetResult();
    }

    [Fact]
    public async Task Who_reaches_no_other_node_learns_why_it_ends()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.Home.ConnectAsync();
        await ada.JoinWithAsync(new { meeting, name = "Ada", offer = TestClient.Offer, roundTrips = new Dictionary<string, double> { ["us-nyc"] = 20 } });
        world.Connect(ada);
        world.Kill("us-nyc");
        JsonElement ended = await ada.NextAsync("ended");
        Assert.Equal("out-of-reach", ended.GetProperty("reason").GetString());
        Assert.Equal("out-of-reach", ended.GetProperty("problem").GetProperty("code").GetString());
        Assert.NotEmpty(ended.GetProperty("problem").GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Those_on_a_node_that_the_directory_drops_move()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc");
        world.Publish(TestWorld.Regions.Where(static region => region.Id != "us-nyc"), except: static node => node.Region == "us-nyc");
        JsonElement move = await ada.NextAsync("move");
        Assert.NotEqual("us-nyc", move.GetProperty("region").GetString());
    }

    [Fact]
    public async Task A_stored_fence_that_names_a_region_which_is_gone_keeps_nobody_out()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync(new { deny = new[] { "region:us-nyc" } });
        world.Publish(TestWorld.Regions.Where(static region => region.Id != "us-nyc"), except: static node => node.Region == "us-nyc");
        await using TestClient ada = await world.JoinAsync(meeting, "Ada");
        Assert.Equal("eu-fra", ada.Joined.GetProperty("node").GetProperty("region").GetString());
    }

    [Fact]
    public async Task A_meeting_whose_home_a_new_directory_puts_outside_admits_nobody_until_its_host_repairs_it()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, string hostKey) = await world.CreateAsync(new { allow = new[] { "country:DE" } });
        world.Publish(TestWorld.Regions.Select(static region => region.Id == "eu-fra" ? region with { Country = "FR" } : region));
        await using TestClient ada = await world.Home.ConnectAsync();
        JsonElement problem = await ada.RefusedAsync("join", TestWorld.Wish(meeting, "Ada"));
        Assert.Contains(problem.GetProperty("code").GetString(), (string[])["home-outside-fence", "no-region-allowed"]);

        JsonElement fence = (await world.RouteAsync(meeting)).GetProperty("fence");
        Assert.Equal("country:DE", fence.GetProperty("allow")[0].GetString());
        Assert.All(fence.GetProperty("regions").EnumerateArray(), static region => Assert.False(region.GetProperty("allowed").GetBoolean()));

        // A repair that is none leaves the stored fence in force.
        using HttpResponseMessage refused = await world.PatchAsync(meeting, hostKey, new { geofence = new { allow = new[] { "country:SE" } } });
        await ProblemAssert.IsAsync(refused, 422, "home-outside-fence");
        Assert.Equal(problem.GetProperty("code").GetString(), (await ada.RefusedAsync("join", TestWorld.Wish(meeting, "Ada"))).GetProperty("code").GetString());
        using HttpResponseMessage repaired = await world.PatchAsync(meeting, hostKey, new { geofence = new { allow = new[] { "country:FR" } } });
        Assert.True(repaired.IsSuccessStatusCode);
        await ada.JoinWithAsync(TestWorld.Wish(meeting, "Ada"));
        Assert.Equal("eu-fra", ada.Joined.GetProperty("node").GetProperty("region").GetString());
    }
}
