using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Server.Tests.Problems;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Meetings;

public sealed class HomeRegionTests : IAsyncLifetime
{
    private TestWorld? _world;
    private HttpClient? _http;

    private TestWorld World => _world!;

    public async ValueTask InitializeAsync()
    {
        _world = await TestWorld.StartAsync();
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = World.Home.Node.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http!.Dispose();
        await World.DisposeAsync();
    }

    [Theory]
    [InlineData("{\"geofence\":{\"deny\":[\"country:DE\",\"country:CH\"]}}", "eu-sto")]
    [InlineData("{\"geofence\":{\"allow\":[\"country:US\"]}}", "us-nyc")]
    [InlineData("{\"homeRegion\":\"us-nyc\"}", "us-nyc")]
    public async Task A_meeting_whose_home_is_elsewhere_is_made_there(string body, string home)
    {
        using HttpResponseMessage response = await PostAsync(body);
        await ProblemAssert.IsAsync(response, 307, "misdirected");
        Assert.Equal($"https://{home}.example.org/api/v1/meetings", response.Headers.Location!.ToString());
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"https://{home}.example.org", problem.GetProperty("frontDoor").GetString());
    }

    [Fact]
    public async Task A_node_without_the_role_of_control_makes_no_meeting_that_nobody_could_join()
    {
        (string meeting, _) = await World.CreateAsync();
        World.Publish(TestWorld.Regions, ownRoles: ["media"]);
        using HttpResponseMessage response = await PostAsync("{}");
        await ProblemAssert.IsAsync(response, 503, "no-control-node");
        using HttpResponseMessage elsewhere = await PostAsync("{\"homeRegion\":\"us-nyc\"}");
        await ProblemAssert.IsAsync(elsewhere, 307, "misdirected");
        Assert.Equal(HttpStatusCode.OK, (await World.Http.GetAsync(new Uri($"/api/v1/meetings/{meeting}", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_node_without_the_role_of_control_sends_to_the_one_of_its_region_that_has_it()
    {
        (string meeting, _) = await World.CreateAsync();
        World.Links["control"] = new FakeLink("eu-fra", "n_control");
        World.Publish(TestWorld.Regions, ownRoles: ["media"]);
        foreach (string path in (string[])["/api/v1/meetings", $"/api/v1/meetings/{meeting}/route/preview"])
        {
            using HttpResponseMessage response = await PostAsync("{}", path);
            await ProblemAssert.IsAsync(response, 307, "misdirected");
            Assert.Equal($"https://eu-fra.example.org{path}", response.Headers.Location!.ToString());
        }
    }

    [Theory]
    [InlineData("{\"geofence\":{\"allow\":[\"country:FR\"]}}", 422, "no-region-allowed")]
    [InlineData("{\"geofence\":{\"allow\":[\"group:EEA\"]},\"homeRegion\":\"us-nyc\"}", 422, "home-outside-fence")]
    [InlineData("{\"homeRegion\":\"ap-tyo\"}", 422, "region-unknown")]
    public async Task A_home_that_cannot_be_is_refused(string body, int status, string code)
    {
        using HttpResponseMessage response = await PostAsync(body);
        await ProblemAssert.IsAsync(response, status, code);
    }

    [Fact]
    public async Task Without_any_allowed_region_each_verdict_is_told()
    {
        using HttpResponseMessage response = await PostAsync("{\"geofence\":{\"allow\":[\"country:FR\"]}}");
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        JsonElement[] regions = [.. problem.GetProperty("regions").EnumerateArray()];
        Assert.Equal(4, regions.Length);
        Assert.All(regions, static region =>
        {
            Assert.False(region.GetProperty("allowed").GetBoolean());
            Assert.Equal(("allow country:FR", "meeting"), (region.GetProperty("rule").GetString(), region.GetProperty("scope").GetString()));
        });
    }

    [Fact]
    public async Task A_call_about_a_meeting_of_another_home_is_sent_there()
    {
        const string Meeting = "us-nyc-00000000000000000000";
        foreach (string path in (string[])[$"/api/v1/meetings/{Meeting}", $"/api/v1/meetings/{Meeting}/route?x=1"])
        {
            using HttpResponseMessage response = await _http!.GetAsync(path);
            await ProblemAssert.IsAsync(response, 307, "misdirected");
            Assert.Equal("https://us-nyc.example.org" + path, response.Headers.Location!.ToString());
        }

        await using TestClient client = await World.Home.ConnectAsync();
        JsonElement problem = await client.RefusedAsync("join", TestWorld.Wish(Meeting, "Ada"));
        Assert.Equal(("misdirected", 421), (problem.GetProperty("code").GetString(), problem.GetProperty("status").GetInt32()));
        Assert.Equal("https://us-nyc.example.org", problem.GetProperty("frontDoor").GetString());
    }

    [Fact]
    public async Task A_home_that_no_directory_knows_is_no_meeting()
    {
        using HttpResponseMessage response = await _http!.GetAsync("/api/v1/meetings/ap-tyo-00000000000000000000");
        await ProblemAssert.IsAsync(response, 404, "meeting-unknown");
    }

    [Fact]
    public async Task The_link_carries_the_hash_of_the_operator_key()
    {
        using HttpResponseMessage response = await PostAsync("{}");
        JsonElement created = await response.Content.ReadFromJsonAsync<JsonElement>();
        JsonElement directory = await _http!.GetFromJsonAsync<JsonElement>("/api/v1/directory");
        byte[] key = System.Buffers.Text.Base64Url.DecodeFromChars(directory.GetProperty("operatorKey").GetString());
        string hash = System.Buffers.Text.Base64Url.EncodeToString(System.Security.Cryptography.SHA256.HashData(key));
        Assert.EndsWith("#k=" + hash, created.GetProperty("url").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probing_needs_nothing_and_leaves_nothing()
    {
        using HttpResponseMessage response = await _http!.GetAsync("/probe");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Timing-Allow-Origin")));
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Pages_may_talk_to_the_front_doors_of_the_directory()
    {
        using HttpResponseMessage response = await _http!.GetAsync("/probe");
        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("connect-src 'self' https://eu-sto.example.org https://us-nyc.example.org https://ch-zrh.example.org;", policy, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> PostAsync(string body, string path = "/api/v1/meetings") => _http!.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
}
