using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Server.Tests.Problems;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Meetings;

/// <summary>What people learn of the route before and after joining.</summary>
public sealed class RoutePreviewTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    private TestWorld World => fixture.World;

    [Fact]
    public async Task Before_anyone_is_there_the_preview_names_the_nearest_node()
    {
        (string meeting, _) = await World.CreateAsync(new { deny = new[] { "country:CH" } });
        JsonElement preview = await PreviewAsync(meeting, new { roundTrips = new Dictionary<string, double> { ["us-nyc"] = 20, ["eu-fra"] = 90 } });
        Assert.Equal(("admitted", "us-nyc", "n_us-nyc", "eu-fra"), (Text(preview, "outcome"), Text(preview, "region"), Text(preview, "node"), Text(preview, "home")));
        Assert.True(preview.GetProperty("delay").GetDouble() > 0);
        Assert.False(preview.GetProperty("computed").GetBoolean());
        Assert.True((await PreviewAsync(meeting, new { })).GetProperty("computed").GetBoolean());
        Assert.Equal("ZZ", Text(preview, "place"));
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("problem").ValueKind);
        Assert.Equal(["eu-fra", "eu-sto", "us-nyc", "ch-zrh"], preview.GetProperty("regions").EnumerateArray().Select(static region => region.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task A_preview_tells_consequences_by_number_and_to_hosts_by_name()
    {
        (string meeting, string hostKey) = await World.CreateAsync(tightenLimit: 10_000);
        await using TestClient ada = await World.JoinAsync(meeting, "Ada", near: "us-nyc");
        object question = new { fence = new { deny = new[] { "country:US" } } };
        JsonElement guest = await PreviewAsync(meeting, question);
        Assert.Equal("tightens", Text(guest, "outcome"));
        Assert.Equal(1, guest.GetProperty("consequences").GetProperty("moves").GetInt32());
        Assert.False(guest.GetProperty("consequences").TryGetProperty("movers", out _));
        JsonElement host = await PreviewAsync(meeting, question, hostKey);
        Assert.Equal(ada.Id, host.GetProperty("consequences").GetProperty("movers")[0].GetString());
        Assert.DoesNotContain("move", ada.Untaken());
        Assert.True(World.Links["us-nyc"].Holds(meeting));
    }

    [Fact]
    public async Task A_preview_of_an_edit_says_what_the_edit_would_be_refused_for()
    {
        (string meeting, string hostKey) = await World.CreateAsync();
        JsonElement preview = await PreviewAsync(meeting, new { fence = new { deny = new[] { "country:DE" } }, edits = true }, hostKey);
        Assert.Equal(("refused", "home-outside-fence"), (Text(preview, "outcome"), preview.GetProperty("problem").GetProperty("code").GetString()));
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("node").ValueKind);
    }

    [Theory]
    [InlineData("{\"roundTrips\":{\"eu-fra\":-1}}", 400, "invalid-field")]
    [InlineData("{\"roundTrips\":{\"EU FRA\":1}}", 400, "invalid-field")]
    [InlineData("{\"place\":\"DE\"}", 422, "place-not-allowed")]
    [InlineData("{\"fense\":{}}", 400, "invalid-json")]
    public async Task A_question_that_makes_no_sense_is_refused(string body, int status, string code)
    {
        (string meeting, _) = await World.CreateAsync();
        using HttpResponseMessage response = await World.Http.PostAsync($"/api/v1/meetings/{meeting}/route/preview", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        await ProblemAssert.IsAsync(response, status, code);
    }

    [Fact]
    public async Task The_live_route_shows_nodes_statements_relays_and_delays()
    {
        (string meeting, _) = await World.CreateAsync();
        await using TestClient ada = await World.JoinAsync(meeting, "Ada", near: "us-nyc");
        await using TestClient bob = await World.JoinAsync(meeting, "Bob", near: "eu-sto");
        JsonElement route = await World.RouteAsync(meeting);
        string[] nodes = [.. route.GetProperty("nodes").EnumerateArray().Select(static node => node.GetProperty("id").GetString()!)];
        Assert.Contains("n_us-nyc", nodes);
        Assert.All(route.GetProperty("nodes").EnumerateArray(), static node => Assert.Contains('.', node.GetProperty("statement").GetString()!));
        JsonElement adas = route.GetProperty("participants").EnumerateArray().Single(person => person.GetProperty("id").GetString() == ada.Id);
        Assert.Equal(("n_us-nyc", "us-nyc"), (Text(adas, "node"), Text(adas, "region")));
        Assert.True(route.GetProperty("delays").GetProperty("worst").GetDouble() > 0);
        JsonElement joined = bob.Joined.GetProperty("route");
        Assert.Equal("ZZ", joined.GetProperty("participants")[0].GetProperty("country").GetString());
        Assert.Equal("ZZ", Text(bob.Joined, "place"));
        Assert.Contains('.', bob.Joined.GetProperty("node").GetProperty("statement").GetString()!);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private async Task<JsonElement> PreviewAsync(string meeting, object question, string? hostKey = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"/api/v1/meetings/{meeting}/route/preview") { Content = JsonContent.Create(question) };
        request.Headers.Authorization = hostKey is null ? null : new AuthenticationHeaderValue("Bearer", hostKey);
        using HttpResponseMessage response = await World.Http.SendAsync(request);
        JsonElement preview = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, preview.ToString());
        return preview;
    }
}
