using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Parley.Server.Meetings;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Problems;

namespace Parley.Server.Tests.Meetings;

public class MeetingEndpointsTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private HttpClient Http => fixture.Node.Http;

    [Fact]
    public async Task A_created_meeting_has_an_id_a_page_and_a_host_key()
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync("/api/v1/meetings", new { title = "  Standup ", e2ee = "off", geofence = new { }, homeRegion = "local", lobby = false });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        JsonElement created = await response.Content.ReadFromJsonAsync<JsonElement>();
        string id = created.GetProperty("id").GetString()!;
        Assert.True(MeetingIds.IsValid(id));
        Assert.StartsWith("local-", id, StringComparison.Ordinal);
        Assert.StartsWith(new Uri(fixture.Node.Node.Address, $"/m/{id}#k=").ToString(), created.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.True(created.GetProperty("hostKey").GetString()!.Length >= 40);
        Assert.Equal($"/api/v1/meetings/{id}", response.Headers.Location!.ToString());

        JsonElement facts = await Http.GetFromJsonAsync<JsonElement>($"/api/v1/meetings/{id}");
        Assert.Equal("Standup", facts.GetProperty("title").GetString());
        Assert.Equal("off", facts.GetProperty("e2ee").GetString());
        Assert.False(facts.GetProperty("locked").GetBoolean());
        JsonElement region = Assert.Single(facts.GetProperty("geofence").GetProperty("regions").EnumerateArray());
        Assert.Equal("local", region.GetProperty("id").GetString());
        Assert.True(region.GetProperty("allowed").GetBoolean());
        Assert.Equal("platform", region.GetProperty("scope").GetString());
        Assert.DoesNotContain("hostKey", facts.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_empty_object_is_enough()
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync("/api/v1/meetings", new { });
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Theory]
    [InlineData("{\"e2ee\":\"maybe\"}", 400, "invalid-field")]
    [InlineData("{\"lobby\":true}", 422, "lobby-unavailable")]
    [InlineData("{\"homeRegion\":\"eu-fra\"}", 422, "region-unknown")]
    [InlineData("{\"geofence\":{\"deny\":[\"country:CN\"]}}", 422, "no-region-allowed")]
    [InlineData("{\"geofence\":{\"allow\":[\"group:EEA\"]}}", 422, "no-region-allowed")]
    [InlineData("{\"geofence\":{\"allow\":[]}}", 422, "geofence-empty")]
    [InlineData("{\"geofence\":{\"allow\":[\"region:local\"],\"deny\":[\"region:local\"]}}", 422, "geofence-contradictory")]
    [InlineData("{\"geofence\":{\"deny\":[\"planet:Mars\"]}}", 422, "selector-invalid")]
    [InlineData("{\"geofence\":{\"deny\":[\"country:XX\"]}}", 422, "selector-invalid")]
    [InlineData("{\"geofence\":{\"deny\":[null]}}", 422, "selector-invalid")]
    [InlineData("{\"geofence\":{\"deny\":[\"region:eu-fra\"]}}", 422, "selector-unknown")]
    [InlineData("{\"geofence\":{\"deny\":[\"group:Hanse\"]}}", 422, "selector-unknown")]
    [InlineData("{\"geofence\":\"country:DE\"}", 400, "invalid-json")]
    [InlineData("{\"tightenLimit\":-1}", 400, "invalid-field")]
    [InlineData("{\"tightenLimit\":10001}", 400, "invalid-field")]
    [InlineData("{\"geoFense\":{\"allow\":[\"group:EEA\"]}}", 400, "invalid-json")]
    [InlineData("{\"geofence\":{\"alow\":[\"group:EEA\"]}}", 400, "invalid-json")]
    [InlineData("{\"title\":7}", 400, "invalid-json")]
    [InlineData("{\"title\":\"a\\u0000b\"}", 400, "invalid-field")]
    [InlineData("{\"title\":\"a\\u202eb\"}", 400, "invalid-field")]
    [InlineData("{", 400, "invalid-json")]
    [InlineData("", 400, "bad-request")]
    [InlineData("null", 400, "bad-request")]
    [InlineData("[1,2]", 400, "invalid-json")]
    public async Task What_cannot_be_kept_is_refused(string body, int status, string code)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Http.PostAsync("/api/v1/meetings", content);
        await ProblemAssert.IsAsync(response, status, code);
    }

    [Fact]
    public async Task A_title_has_an_end()
    {
        using HttpResponseMessage fits = await Http.PostAsJsonAsync("/api/v1/meetings", new { title = new string('x', 120) });
        Assert.Equal(HttpStatusCode.Created, fits.StatusCode);
        using HttpResponseMessage long121 = await Http.PostAsJsonAsync("/api/v1/meetings", new { title = new string('x', 121) });
        await ProblemAssert.IsAsync(long121, 400, "invalid-field");
        using HttpResponseMessage huge = await Http.PostAsJsonAsync("/api/v1/meetings", new { title = new string('x', 1_000_000) });
        await ProblemAssert.IsAsync(huge, 413, "body-too-large");
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        using StringContent content = new("title=x", Encoding.UTF8, "application/x-www-form-urlencoded");
        using HttpResponseMessage response = await Http.PostAsync("/api/v1/meetings", content);
        await ProblemAssert.IsAsync(response, 415, "content-type-unsupported");
    }

    [Theory]
    [InlineData("local-00000000000000000000")]
    [InlineData("other-00000000000000000000")]
    [InlineData("local-1")]
    [InlineData("x")]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    public async Task Unknown_and_malformed_ids_have_one_answer(string id)
    {
        using HttpResponseMessage response = await Http.GetAsync($"/api/v1/meetings/{id}");
        string detail = await ProblemAssert.IsAsync(response, 404, "meeting-unknown");
        Assert.Equal("There is no meeting with this id. Check the link.", detail);
    }

    [Fact]
    public async Task Its_host_changes_it()
    {
        (string id, string hostKey) = await fixture.Node.CreateMeetingAsync();
        using HttpResponseMessage response = await PatchAsync(id, hostKey, new { title = "Retro", locked = true });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement facts = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Retro", facts.GetProperty("title").GetString());
        Assert.True(facts.GetProperty("locked").GetBoolean());

        using HttpResponseMessage unlocked = await PatchAsync(id, hostKey, new { locked = false });
        facts = await unlocked.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("Retro", facts.GetProperty("title").GetString());
        Assert.False(facts.GetProperty("locked").GetBoolean());
    }

    [Fact]
    public async Task Nobody_else_changes_it()
    {
        (string id, _) = await fixture.Node.CreateMeetingAsync();
        (_, string otherKey) = await fixture.Node.CreateMeetingAsync();
        using HttpResponseMessage without = await PatchAsync(id, null, new { title = "x" });
        await ProblemAssert.IsAsync(without, 401, "host-key-missing");
        Assert.Equal("Bearer", without.Headers.WwwAuthenticate.ToString());
        using HttpResponseMessage wrong = await PatchAsync(id, "nonsense", new { title = "x" });
        await ProblemAssert.IsAsync(wrong, 403, "host-key-wrong");
        using HttpResponseMessage other = await PatchAsync(id, otherKey, new { title = "x" });
        await ProblemAssert.IsAsync(other, 403, "host-key-wrong");
        using HttpResponseMessage unknown = await PatchAsync("local-00000000000000000000", otherKey, new { title = "x" });
        await ProblemAssert.IsAsync(unknown, 404, "meeting-unknown");
        JsonElement facts = await Http.GetFromJsonAsync<JsonElement>($"/api/v1/meetings/{id}");
        Assert.Equal("Standup", facts.GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_lobby_cannot_be_added_either()
    {
        (string id, string hostKey) = await fixture.Node.CreateMeetingAsync();
        using HttpResponseMessage lobby = await PatchAsync(id, hostKey, new { lobby = true });
        await ProblemAssert.IsAsync(lobby, 422, "lobby-unavailable");
    }

    [Fact]
    public async Task An_ended_meeting_stays_ended()
    {
        (string id, string hostKey) = await fixture.Node.CreateMeetingAsync();
        using HttpResponseMessage ended = await PatchAsync(id, hostKey, new { ended = true });
        Assert.True((await ended.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ended").GetBoolean());
        using HttpResponseMessage again = await PatchAsync(id, hostKey, new { ended = false });
        await ProblemAssert.IsAsync(again, 410, "meeting-ended");
    }

    private async Task<HttpResponseMessage> PatchAsync(string id, string? hostKey, object body)
    {
        using HttpRequestMessage request = new(HttpMethod.Patch, $"/api/v1/meetings/{id}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = hostKey is null ? null : new AuthenticationHeaderValue("Bearer", hostKey);
        return await Http.SendAsync(request);
    }
}
