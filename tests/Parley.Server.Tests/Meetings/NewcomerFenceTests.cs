using System.Text.Json;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Meetings;

/// <summary>A newcomer brings a fence of their own: what happens to the meeting, and to them.</summary>
public sealed class NewcomerFenceTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    private static readonly object NotThroughAmerica = new { deny = new[] { "country:US" } };

    private TestWorld World => fixture.World;

    [Fact]
    public async Task A_fence_that_costs_nobody_anything_takes_effect_by_itself()
    {
        (string meeting, _) = await World.CreateAsync();
        await using TestClient ada = await World.JoinAsync(meeting, "Ada");
        await using TestClient bob = await World.JoinAsync(meeting, "Bob", fence: NotThroughAmerica);
        Assert.Equal("eu-fra", bob.Joined.GetProperty("node").GetProperty("region").GetString());
        JsonElement america = Region(await World.RouteAsync(meeting), "us-nyc");
        Assert.False(america.GetProperty("allowed").GetBoolean());
        Assert.Equal(("", "participant"), (america.GetProperty("rule").GetString(), america.GetProperty("scope").GetString()));
        Assert.Equal("Another participant's own rule excludes region us-nyc.", america.GetProperty("reason").GetString());
        Assert.DoesNotContain(bob.Id, america.ToString(), StringComparison.Ordinal);

        // Neither the public facts nor those in the meeting, nor whoever is refused, learn what Bob's rule says.
        Assert.DoesNotContain("country:US", await World.Http.GetStringAsync($"/api/v1/meetings/{meeting}"), StringComparison.Ordinal);
        await using TestClient cyd = await World.JoinAsync(meeting, "Cyd");
        Assert.DoesNotContain("country:US", cyd.Joined.ToString(), StringComparison.Ordinal);
        await using TestClient dee = await World.Home.ConnectAsync();
        JsonElement problem = await dee.RefusedAsync("join", TestWorld.Wish(meeting, "Dee", fence: new { allow = new[] { "region:us-nyc" } }));
        Assert.Equal("fence-conflict", problem.GetProperty("code").GetString());
        Assert.DoesNotContain("country:US", problem.ToString(), StringComparison.Ordinal);

        // It holds as long as its owner is there.
        await bob.LeaveAsync();
        await Eventually.IsAsync(async () => Region(await World.RouteAsync(meeting), "us-nyc").GetProperty("allowed").GetBoolean(), "New York is allowed again");
    }

    [Fact]
    public async Task People_move_before_a_small_tightening_lets_the_newcomer_in()
    {
        (string meeting, _) = await World.CreateAsync(tightenLimit: 10_000);
        await using TestClient ada = await World.JoinAsync(meeting, "Ada", near: "us-nyc");
        Assert.Equal("us-nyc", ada.Joined.GetProperty("node").GetProperty("region").GetString());
        await using TestClient bob = await World.Home.ConnectAsync();
        Task<JsonElement> joining = bob.JoinWithAsync(TestWorld.Wish(meeting, "Bob", fence: NotThroughAmerica));
        Assert.Equal("moving", (await bob.NextAsync("joinWaiting")).GetProperty("reason").GetString());
        Assert.False(joining.IsCompleted);
        JsonElement move = await ada.NextAsync("move");
        Assert.Equal("fence", move.GetProperty("reason").GetString());
        Assert.False(joining.IsCompleted);
        JsonElement answer = await ada.CallAsync("negotiate", new { offer = TestClient.Offer, tracks = new { }, restart = true });
        Assert.StartsWith("eu-", answer.GetProperty("node").GetProperty("region").GetString(), StringComparison.Ordinal);
        Assert.True(World.Links["us-nyc"].Holds(meeting));
        World.Connect(ada, answer.GetProperty("node").GetProperty("region").GetString());
        await joining;

        // Only after the forbidden node had let go (I3).
        Assert.False(World.Links["us-nyc"].Holds(meeting));
        Assert.True(World.Links["us-nyc"].RoomOf(meeting).IsOver);
    }

    [Fact]
    public async Task Who_does_not_move_in_time_is_closed_on_the_forbidden_node()
    {
        (string meeting, _) = await World.CreateAsync(tightenLimit: 10_000);
        await using TestClient ada = await World.JoinAsync(meeting, "Ada", near: "us-nyc");
        await using TestClient bob = await World.Home.ConnectAsync();
        await bob.JoinWithAsync(TestWorld.Wish(meeting, "Bob", fence: NotThroughAmerica));
        Assert.False(World.Links["us-nyc"].Holds(meeting));
        Assert.True(World.Links["us-nyc"].RoomOf(meeting).IsOver);
    }

    [Fact]
    public async Task A_costly_fence_needs_a_host()
    {
        (string meeting, _) = await World.CreateAsync(tightenLimit: 0);
        await using TestClient ada = await World.JoinAsync(meeting, "Ada", near: "us-nyc");
        await using TestClient cyd = await World.JoinAsync(meeting, "Cyd", near: "us-nyc");
        await using TestClient bob = await World.Home.ConnectAsync();
        JsonElement problem = await bob.RefusedAsync("join", TestWorld.Wish(meeting, "Bob", fence: NotThroughAmerica));
        Assert.Equal("tighten-needs-host", problem.GetProperty("code").GetString());
        Assert.DoesNotContain("move", ada.Untaken());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_host_is_asked_and_decides(bool accept)
    {
        (string meeting, string hostKey) = await World.CreateAsync(tightenLimit: 0);
        await using TestClient ada = await World.JoinAsync(meeting, "Ada", near: "us-nyc", hostKey: hostKey);
        await using TestClient cyd = await World.JoinAsync(meeting, "Cyd", near: "us-nyc");
        Assert.True(ada.Joined.GetProperty("host").GetBoolean());
        Assert.False(cyd.Joined.GetProperty("host").GetBoolean());
        await using TestClient bob = await World.Home.ConnectAsync();
        Task<JsonElement> joining = accept
            ? bob.JoinWithAsync(TestWorld.Wish(meeting, "Bob", fence: NotThroughAmerica))
            : bob.RefusedAsync("join", TestWorld.Wish(meeting, "Bob", fence: NotThroughAmerica));
        Assert.Equal("host", (await bob.NextAsync("joinWaiting")).GetProperty("reason").GetString());

        JsonElement asked = await ada.NextAsync("tightenAsked");
        Assert.Equal("Bob", asked.GetProperty("name").GetString());
        Assert.Equal("country:US", asked.GetProperty("fence").GetProperty("deny")[0].GetString());
        JsonElement consequences = asked.GetProperty("consequences");
        Assert.Equal(2, consequences.GetProperty("moves").GetInt32());
        Assert.Contains(cyd.Id, consequences.GetProperty("movers").EnumerateArray().Select(static id => id.GetString()));
        Assert.True(consequences.GetProperty("worstAfter").GetDouble() > consequences.GetProperty("worstBefore").GetDouble());

        object decision = new { request = asked.GetProperty("request").GetString(), accept };
        Assert.Equal("not-host", (await cyd.RefusedAsync("decideTighten", decision)).GetProperty("code").GetString());
        await ada.SendAsync("decideTighten", decision);
        await ada.NextAsync("tightenWithdrawn");
        Assert.Equal("request-unknown", (await ada.RefusedAsync("decideTighten", decision)).GetProperty("code").GetString());
        if (accept)
        {
            await World.FollowAsync(ada);
            await World.FollowAsync(cyd);
            Assert.Equal("eu-fra", (await joining).GetProperty("node").GetProperty("region").GetString());
        }
        else
        {
            Assert.Equal("tighten-refused", (await joining).GetProperty("code").GetString());
            Assert.DoesNotContain("move", cyd.Untaken());
        }
    }

    [Fact]
    public async Task Who_gives_up_waiting_is_no_question_any_more()
    {
        (string meeting, string hostKey) = await World.CreateAsync(tightenLimit: 0);
        await using TestClient ada = await World.JoinAsync(meeting, "Ada", near: "us-nyc", hostKey: hostKey);
        await using TestClient cyd = await World.JoinAsync(meeting, "Cyd", near: "us-nyc");
        TestClient bob = await World.Home.ConnectAsync();
        Task joining = bob.JoinWithAsync(TestWorld.Wish(meeting, "Bob", fence: NotThroughAmerica));
        string request = (await ada.NextAsync("tightenAsked")).GetProperty("request").GetString()!;
        await bob.DisposeAsync();
        Assert.Equal(request, (await ada.NextAsync("tightenWithdrawn")).GetProperty("request").GetString());
        await Assert.ThrowsAnyAsync<Exception>(() => joining);
    }

    [Fact]
    public async Task A_wrong_host_key_makes_no_host()
    {
        (string meeting, _) = await World.CreateAsync();
        await using TestClient mallory = await World.Home.ConnectAsync();
        Assert.Equal("host-key-wrong", (await mallory.RefusedAsync("join", TestWorld.Wish(meeting, "Mallory", hostKey: "guess"))).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Fences_without_anything_in_common_are_told_apart()
    {
        (string meeting, _) = await World.CreateAsync(new { allow = new[] { "country:DE" } });
        await using TestClient bob = await World.Home.ConnectAsync();
        JsonElement problem = await bob.RefusedAsync("join", TestWorld.Wish(meeting, "Bob", fence: new { allow = new[] { "country:SE" } }));
        Assert.Equal("fence-conflict", problem.GetProperty("code").GetString());
        Assert.Contains(problem.GetProperty("conflicts").EnumerateArray(), static conflict => conflict.GetProperty("scope").GetString() == "meeting" && conflict.GetProperty("rule").GetString() == "allow country:DE");
        Assert.Equal(4, problem.GetProperty("regions").GetArrayLength());
    }

    [Fact]
    public async Task A_newcomer_cannot_drive_a_meeting_from_its_home()
    {
        (string meeting, string hostKey) = await World.CreateAsync();
        await using TestClient bob = await World.Home.ConnectAsync();
        JsonElement problem = await bob.RefusedAsync("join", TestWorld.Wish(meeting, "Bob", fence: new { deny = new[] { "region:eu-fra" } }, hostKey: hostKey));
        Assert.Equal("home-outside-fence", problem.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("selector-invalid", "planet:Mars")]
    [InlineData("selector-unknown", "region:eu-par")]
    public async Task A_fault_of_a_newcomers_fence_is_named(string code, string selector)
    {
        (string meeting, _) = await World.CreateAsync();
        await using TestClient bob = await World.Home.ConnectAsync();
        JsonElement problem = await bob.RefusedAsync("join", TestWorld.Wish(meeting, "Bob", fence: new { deny = new[] { selector } }));
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Contains(selector, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static JsonElement Region(JsonElement route, string id) =>
        route.GetProperty("fence").GetProperty("regions").EnumerateArray().Single(region => region.GetProperty("id").GetString() == id);
}
