using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Storage;
using Parley.Server.Tests.Problems;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Meetings;

/// <summary>The host edits the fence of a meeting that people are in.</summary>
public sealed class FenceEditTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    private TestWorld World => fixture.World;

    [Fact]
    public async Task People_on_a_node_that_is_forbidden_now_move_and_it_holds_nothing_afterwards()
    {
        (string meeting, string hostKey) = await World.CreateAsync();
        await using TestClient ada = await World.JoinAsync(meeting, "Ada", near: "us-nyc");
        await using TestClient bob = await World.JoinAsync(meeting, "Bob");
        FakeLink america = World.Links["us-nyc"];
        Assert.True(america.Holds(meeting));
        using HttpResponseMessage edited = await World.PatchAsync(meeting, hostKey, new { geofence = new { allow = new[] { "group:EEA" } } });
        JsonElement facts = await edited.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(edited.IsSuccessStatusCode, facts.ToString());
        Assert.Equal("group:EEA", facts.GetProperty("geofence").GetProperty("allow")[0].GetString());

        Assert.StartsWith("eu-", await World.FollowAsync(ada), StringComparison.Ordinal);
        await Eventually.IsAsync(() => !america.Holds(meeting) && america.RoomOf(meeting).IsOver, "New York has let go");
        Assert.DoesNotContain("ended", ada.Untaken());
        JsonElement route = await World.RouteAsync(meeting);
        Assert.All(route.GetProperty("nodes").EnumerateArray(), static node => Assert.StartsWith("eu-", node.GetProperty("region").GetString(), StringComparison.Ordinal));
        Assert.All(route.GetProperty("participants").EnumerateArray(), static person => Assert.False(person.TryGetProperty("country", out _)));

        // {} opens it again.
        using HttpResponseMessage opened = await World.PatchAsync(meeting, hostKey, new { geofence = new { } });
        facts = await opened.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(facts.GetProperty("geofence").TryGetProperty("allow", out _));
    }

    [Theory]
    [InlineData("region:eu-fra", "home-outside-fence")]
    [InlineData("planet:Mars", "selector-invalid")]
    [InlineData("group:Hanse", "selector-unknown")]
    public async Task An_edit_that_the_meeting_cannot_live_in_changes_nothing(string denied, string code)
    {
        (string meeting, string hostKey) = await World.CreateAsync(new { deny = new[] { "country:US" } });
        await using TestClient ada = await World.JoinAsync(meeting, "Ada");
        using HttpResponseMessage refused = await World.PatchAsync(meeting, hostKey, new { title = "Other", geofence = new { deny = new[] { denied } } });
        await ProblemAssert.IsAsync(refused, 422, code);
        JsonElement facts = await World.Http.GetFromJsonAsync<JsonElement>($"/api/v1/meetings/{meeting}");
        Assert.Equal("World", facts.GetProperty("title").GetString());
        Assert.Equal("country:US", facts.GetProperty("geofence").GetProperty("deny")[0].GetString());
        Assert.DoesNotContain("ended", ada.Untaken());
    }

    [Fact]
    public async Task A_fence_without_any_region_is_refused()
    {
        (string meeting, string hostKey) = await World.CreateAsync();
        using HttpResponseMessage refused = await World.PatchAsync(meeting, hostKey, new { geofence = new { allow = new[] { "country:FR" } } });
        await ProblemAssert.IsAsync(refused, 422, "no-region-allowed");
    }

    [Fact]
    public async Task An_edited_fence_outlives_the_meetings_memory()
    {
        (string meeting, string hostKey) = await World.CreateAsync();
        using HttpResponseMessage edited = await World.PatchAsync(meeting, hostKey, new { geofence = new { deny = new[] { "operator:US" } }, tightenLimit = 7 });
        Assert.True(edited.IsSuccessStatusCode);
        IMeetingRepository stored = World.Home.Node.Services.GetRequiredService<IMeetingRepository>();
        MeetingRecord record = (await stored.FindAsync(meeting, TestContext.Current.CancellationToken))!;
        Assert.Equal(["operator:US"], record.Geofence.Deny);
        Assert.Equal(7, record.TightenLimit);
    }

    [Fact]
    public async Task A_region_that_serves_only_its_own_country_is_out_while_an_outsider_is_in()
    {
        (string meeting, _) = await World.CreateAsync();
        JsonElement before = await VerdictAsync(meeting, "ch-zrh");
        Assert.True(before.GetProperty("allowed").GetBoolean());
        TestClient ada = await World.JoinAsync(meeting, "Ada");
        JsonElement during = await VerdictAsync(meeting, "ch-zrh");
        Assert.False(during.GetProperty("allowed").GetBoolean());
        Assert.Equal(("servesOnly CH", "platform"), (during.GetProperty("rule").GetString(), during.GetProperty("scope").GetString()));
        Assert.Contains("not everyone in the meeting is in CH", during.GetProperty("reason").GetString(), StringComparison.Ordinal);
        await ada.LeaveAsync();
        await ada.DisposeAsync();
        await Eventually.IsAsync(async () => (await VerdictAsync(meeting, "ch-zrh")).GetProperty("allowed").GetBoolean(), "Zurich is allowed again");
    }

    private async Task<JsonElement> VerdictAsync(string meeting, string region) => (await World.RouteAsync(meeting))
        .GetProperty("fence").GetProperty("regions").EnumerateArray().Single(verdict => verdict.GetProperty("id").GetString() == region);
}
