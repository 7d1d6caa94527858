using System.Net.Http.Json;
using System.Text.Json;
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

    [Fact]
    public void A_geofence_that_does_not_read_keeps_the_node_from_starting() =>
        Assert.Contains("planet:Mars", OptionsChecks.FindFault(new NodeOptions { Data = "x", Geofence = new GeofenceOptions { Deny = ["planet:Mars"] } }), StringComparison.Ordinal);
}
