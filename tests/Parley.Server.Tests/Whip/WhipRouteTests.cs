using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Parley.Server.Tests.Problems;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Whip;

/// <summary>WHIP and WHEP in meetings with a route.</summary>
public sealed class WhipRouteTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    private TestWorld World => fixture.World;

    [Theory]
    [InlineData("whip")]
    [InlineData("whep")]
    public async Task A_session_shows_the_statement_of_its_node(string kind)
    {
        (string meeting, _) = await World.CreateAsync();
        using HttpResponseMessage response = await PostAsync(World, $"/{kind}/{meeting}");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        string statement = Assert.Single(response.Headers.GetValues("Parley-Node-Statement"));
        Assert.Equal(2, statement.Split('.').Length);
        JsonElement route = await World.RouteAsync(meeting);
        Assert.Equal(statement, Assert.Single(route.GetProperty("nodes").EnumerateArray()).GetProperty("statement").GetString());
        Assert.Single(route.GetProperty("participants").EnumerateArray());
        using HttpResponseMessage deleted = await World.Http.DeleteAsync(response.Headers.Location!);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Empty((await World.RouteAsync(meeting)).GetProperty("participants").EnumerateArray());
    }

    [Fact]
    public async Task A_session_on_a_node_that_becomes_forbidden_ends()
    {
        // By address everyone is in America, so that a player without measurements is connected there.
        await using TestWorld world = await TestWorld.StartAsync(country: "US");
        (string meeting, string hostKey) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc");
        using HttpResponseMessage played = await PostAsync(world, $"/whep/{meeting}/{ada.Id}");
        FakeNodeRoom room = world.Links["us-nyc"].RoomOf(meeting);
        string player = Assert.Single(room.Open.Values, offer => offer.Participant != ada.Id).Participant;
        room.Raise(new Parley.Sfu.Rooms.TransportConnected(default, room.TransportOf(player)));
        using HttpResponseMessage edited = await world.PatchAsync(meeting, hostKey, new { geofence = new { deny = new[] { "country:US" } } });
        Assert.True(edited.IsSuccessStatusCode);
        await world.FollowAsync(ada);
        await Eventually.IsAsync(() => room.IsOver, "New York has let go");
        await Eventually.IsAsync(async () => (await world.RouteAsync(meeting)).GetProperty("participants").GetArrayLength() == 1, "the player is gone");
        using HttpResponseMessage deleted = await world.Http.DeleteAsync(played.Headers.Location!);
        await ProblemAssert.IsAsync(deleted, 404, "session-unknown");
    }

    private static Task<HttpResponseMessage> PostAsync(TestWorld world, string path)
    {
        StringContent content = new(TestClient.Offer, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/sdp");
        return world.Http.PostAsync(path, content);
    }
}
