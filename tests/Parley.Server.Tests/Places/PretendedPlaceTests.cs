using System.Text.Json;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Places;

public class PretendedPlaceTests
{
    [Fact]
    public async Task Where_the_operator_allows_it_people_sit_where_they_say()
    {
        await using TestWorld world = await TestWorld.StartAsync(static options => options with { PretendedPlaces = true });
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", place: "CH");
        Assert.Equal("CH", ada.Joined.GetProperty("place").GetString());
        Assert.Equal("ch-zrh", ada.Joined.GetProperty("node").GetProperty("region").GetString());

        // An outsider drives the meeting out of Zurich, and is let in afterwards.
        await using TestClient bob = await world.Home.ConnectAsync();
        Task<JsonElement> joining = bob.JoinWithAsync(TestWorld.Wish(meeting, "Bob", place: "US"));
        await world.FollowAsync(ada);
        Assert.Equal("us-nyc", (await joining).GetProperty("node").GetProperty("region").GetString());
        Assert.False(world.Links["ch-zrh"].Holds(meeting));

        await using TestClient mallory = await world.Home.ConnectAsync();
        Assert.Equal("invalid-field", (await mallory.RefusedAsync("join", TestWorld.Wish(meeting, "Mallory", place: "Mars"))).GetProperty("code").GetString());
    }
}
