using System.Net.Http.Json;
using System.Text.Json;
using Parley.Server.Nodes;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Meetings;

/// <summary>Nodes are full: whoever finds no place learns that this is the reason.</summary>
public class CapacityTests
{
    [Fact]
    public async Task Who_finds_no_place_is_refused_and_comes_in_when_somebody_has_left()
    {
        await using TestWorld world = await StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada");
        await using TestClient bob = await world.Home.ConnectAsync();
        JsonElement problem = await bob.RefusedAsync("join", TestWorld.Wish(meeting, "Bob"));
        Assert.Equal("no-capacity", problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);

        using HttpResponseMessage preview = await world.Http.PostAsJsonAsync($"/api/v1/meetings/{meeting}/route/preview", new { });
        Assert.Contains("no-capacity", await preview.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ada.LeaveAsync();
        await bob.JoinWithAsync(TestWorld.Wish(meeting, "Bob"));
    }

    [Fact]
    public async Task Further_people_go_to_a_node_that_has_room()
    {
        await using TestWorld world = await StartAsync();
        world.Links["eu-sto"].Load = new NodeLoad(2, 1);
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada");
        await using TestClient bob = await world.JoinAsync(meeting, "Bob");
        Assert.Equal(["eu-fra", "eu-sto"], new[] { ada, bob }.Select(static client => client.Joined.GetProperty("node").GetProperty("region").GetString()).Order(StringComparer.Ordinal));
    }

    private static async Task<TestWorld> StartAsync()
    {
        TestWorld world = await TestWorld.StartAsync(static options => options with { Capacity = 1 });
        foreach (FakeLink link in world.Links.Values)
            link.Load = new NodeLoad(0, 0);
        return world;
    }
}
