using System.Net.Http.Json;
using System.Text.Json;
using Parley.Routing.Regions;
using Parley.Server.Configuration;
using Parley.Server.Tests.Problems;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Meetings;

public class PlatformFenceTests
{
    [Fact]
    public async Task The_operators_geofence_holds_for_every_meeting_and_nobody_widens_it()
    {
        await using TestWorld world = await TestWorld.StartAsync(static options => options with { Geofence = new GeofenceOptions { Deny = ["country:US"] } });
        (string meeting, string hostKey) = await world.CreateAsync(new { allow = new[] { "country:US", "country:DE" } });
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc");
        Assert.Equal("eu-fra", ada.Joined.GetProperty("node").GetProperty("region").GetString());
        using HttpResponseMessage opened = await world.PatchAsync(meeting, hostKey, new { geofence = new { } });
        JsonElement fence = (await opened.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("geofence");
        Assert.Equal("country:US", fence.GetProperty("platform").GetProperty("deny")[0].GetString());
        JsonElement america = fence.GetProperty("regions").EnumerateArray().Single(static region => region.GetProperty("id").GetString() == "us-nyc");
        Assert.Equal((false, "platform", "deny country:US"), (america.GetProperty("allowed").GetBoolean(), america.GetProperty("scope").GetString(), america.GetProperty("rule").GetString()));
        Assert.Empty(world.Links["us-nyc"].Log);

        using HttpResponseMessage elsewhere = await world.Http.PostAsJsonAsync("/api/v1/meetings", new { homeRegion = "us-nyc" });
        await ProblemAssert.IsAsync(elsewhere, 422, "home-outside-fence");
    }

    [Theory]
    [InlineData("group:NATO")]
    [InlineData("region:eu-xyz")]
    public async Task A_geofence_that_names_what_the_directory_does_not_know_keeps_the_node_from_starting(string selector)
    {
        InvalidDataException fault = await Assert.ThrowsAnyAsync<InvalidDataException>(async () =>
            await (await TestWorld.StartAsync(options => options with { Geofence = new GeofenceOptions { Deny = [selector] } })).DisposeAsync());
        Assert.StartsWith($"The operator's geofence (Geofence:Allow, Geofence:Deny) has a fault: '{selector}': the directory knows no such", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_loses_what_the_geofence_names_lets_nobody_in()
    {
        await using TestWorld world = await TestWorld.StartAsync(static options => options with { Geofence = new GeofenceOptions { Deny = ["group:EFTA"] } });
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada");
        world.Publish(TestWorld.Regions, groups: []);

        await using TestClient bob = await world.Home.ConnectAsync();
        JsonElement problem = await bob.RefusedAsync("join", TestWorld.Wish(meeting, "Bob"));
        Assert.Equal("operator-fence-fault", problem.GetProperty("code").GetString());
        Assert.Contains("'group:EFTA': the directory knows no such group", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using HttpResponseMessage refused = await world.Http.PostAsJsonAsync("/api/v1/meetings", new { });
        await ProblemAssert.IsAsync(refused, 503, "operator-fence-fault");
        using HttpResponseMessage read = await world.Http.GetAsync(new Uri($"/api/v1/meetings/{meeting}", UriKind.Relative));
        Assert.True(read.IsSuccessStatusCode);

        world.Publish(TestWorld.Regions, groups: CountryGroups.Default);
        await using TestClient cyd = await world.JoinAsync(meeting, "Cyd");
        Assert.Equal("eu-fra", cyd.Joined.GetProperty("node").GetProperty("region").GetString());
    }

    [Fact]
    public void A_geofence_that_does_not_read_keeps_the_node_from_starting() =>
        Assert.Contains("planet:Mars", OptionsChecks.FindFault(new NodeOptions { Data = "x", Geofence = new GeofenceOptions { Deny = ["planet:Mars"] } }), StringComparison.Ordinal);
}
