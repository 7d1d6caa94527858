using System.Text.Json;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Meetings;

/// <summary>The home crashes and comes back while media goes on elsewhere: what it promised before holds (I3).</summary>
public class HomeRestartTests
{
    private static readonly object NotThroughAmerica = new { deny = new[] { "country:US" } };

    [Fact]
    public async Task A_node_that_a_newcomer_forbids_has_let_go_before_they_are_admitted()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync(tightenLimit: 10_000);
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc");
        FakeLink america = world.Links["us-nyc"];
        await world.CrashAsync();
        Assert.True(america.Holds(meeting));

        await using TestClient bob = await world.Home.ConnectAsync();
        Task<JsonElement> joining = bob.JoinWithAsync(TestWorld.Wish(meeting, "Bob", fence: NotThroughAmerica));
        Assert.Equal("moving", (await bob.NextAsync("joinWaiting")).GetProperty("reason").GetString());
        await Eventually.IsAsync(() => america.IsAsked, "it is told to let go");
        Assert.False(joining.IsCompleted);
        Answer(world);
        await joining;
        Assert.False(america.Holds(meeting));
    }

    [Fact]
    public async Task The_fences_of_those_who_have_not_come_again_yet_hold()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "eu-sto", fence: NotThroughAmerica);
        Assert.Equal("eu-sto", ada.Joined.GetProperty("node").GetProperty("region").GetString());
        await world.CrashAsync();
        Answer(world);
        await using TestClient bob = await world.JoinAsync(meeting, "Bob", near: "us-nyc");
        Assert.StartsWith("eu-", bob.Joined.GetProperty("node").GetProperty("region").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("grant", world.Links["us-nyc"].Log);
    }

    [Fact]
    public async Task Nothing_is_remembered_of_nodes_that_have_let_go()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using (TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc"))
            await ada.LeaveAsync();
        await Eventually.IsAsync(() => !world.Links["us-nyc"].Holds(meeting), "New York has let go");
        await Eventually.IsAsync(async () => await world.MemoryAsync(meeting) is null, "that is stored");
        await world.CrashAsync();
        Answer(world);
        int calls = world.Links["us-nyc"].Log.Count;
        await using TestClient bob = await world.JoinAsync(meeting, "Bob", fence: NotThroughAmerica);
        Assert.Equal(calls, world.Links["us-nyc"].Log.Count);
    }

    private static void Answer(TestWorld world)
    {
        foreach (FakeLink link in world.Links.Values)
        {
            TaskCompletionSource? hangs = link.Hangs;
            link.Hangs = null;
            hangs?.TrySetResult();
        }
    }
}
