using System.Net;
using System.Text.Json;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Problems;

public class EdgeTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private HttpClient Http => fixture.Node.Http;

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/nothing/at/all")]
    [InlineData("/whip")]
    [InlineData("/api/v1/meetings/local-00000000000000000000/receipt")]
    [InlineData("/m/a/b")]
    [InlineData("/..%2f..%2fetc/passwd")]
    public async Task An_unknown_address_is_a_problem(string path)
    {
        using HttpResponseMessage response = await Http.GetAsync(path);
        await ProblemAssert.IsAsync(response, 404, "not-found");
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/meetings")]
    [InlineData("PUT", "/api/v1/directory")]
    [InlineData("GET", "/whip/local-00000000000000000000")]
    public async Task A_wrong_method_is_a_problem(string method, string path)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using HttpResponseMessage response = await Http.SendAsync(request);
        await ProblemAssert.IsAsync(response, 405, "method-not-allowed");
        Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Every_answer_bounds_what_a_page_may_do()
    {
        foreach (string path in (string[])["/", "/healthz", "/nothing"])
        {
            using HttpResponseMessage response = await Http.GetAsync(path);
            string policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotMatch("script-src[^;]*unsafe-(inline|eval)", policy);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("camera=(self)", response.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
            Assert.Empty(response.Headers.Server);
        }
    }

    [Fact]
    public async Task The_API_is_described()
    {
        using HttpResponseMessage response = await Http.GetAsync("/openapi/v1.json");
        JsonElement document = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        JsonElement paths = document.GetProperty("paths");
        string[] expected =
        [
            "/api/v1/meetings", "/api/v1/meetings/{id}", "/api/v1/meetings/{id}/route", "/api/v1/meetings/{id}/route/preview", "/api/v1/directory", "/probe", "/whip/{meeting}", "/whip/{meeting}/{secret}/{participant}",
            "/whep/{meeting}", "/whep/{meeting}/{participant}", "/whep/{meeting}/{secret}/{player}", "/healthz", "/readyz", "/metrics",
        ];
        foreach (string path in expected)
        {
            foreach (JsonProperty call in paths.GetProperty(path).EnumerateObject())
                Assert.NotEmpty(call.Value.GetProperty("summary").GetString()!);
        }

        Assert.True(paths.GetProperty("/whip/{meeting}").GetProperty("post").GetProperty("requestBody").GetProperty("content").TryGetProperty("application/sdp", out _));
        Assert.Equal("Parley", document.GetProperty("info").GetProperty("title").GetString());
    }

    [Fact]
    public async Task Health_and_figures_are_there_for_operators()
    {
        Assert.Equal("{\"status\":\"ok\",\"faults\":[]}", await Http.GetStringAsync("/healthz"));
        Assert.Equal("{\"status\":\"ready\",\"faults\":[]}", await Http.GetStringAsync("/readyz"));
        string metrics = await Http.GetStringAsync("/metrics");
        Assert.Contains("# TYPE parley_meetings gauge\nparley_meetings ", metrics, StringComparison.Ordinal);
        Assert.Contains("parley_gc_pause_seconds_total ", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_without_media_is_not_ready()
    {
        fixture.Node.Media.IsHealthy = false;
        try
        {
            using HttpResponseMessage response = await Http.GetAsync("/readyz");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal("{\"status\":\"unready\",\"faults\":[\"media\"]}", await response.Content.ReadAsStringAsync());
        }
        finally
        {
            fixture.Node.Media.IsHealthy = true;
        }
    }
}
