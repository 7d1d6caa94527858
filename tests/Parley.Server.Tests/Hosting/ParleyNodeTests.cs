using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Server.Configuration;

namespace Parley.Server.Tests.Hosting;

public class ParleyNodeTests
{
    [Fact]
    public async Task Meetings_keys_and_identity_outlive_a_restart()
    {
        TestNode first = await TestNode.StartAsync();
        (string meeting, string hostKey) = await first.CreateMeetingAsync("Kept");
        string node = first.Node.NodeId;
        JsonElement directory = await first.Http.GetFromJsonAsync<JsonElement>("/api/v1/directory");
        await first.StopAsync();

        await using TestNode second = await TestNode.StartAgainAsync(first.Options);
        Assert.Equal(node, second.Node.NodeId);
        JsonElement again = await second.Http.GetFromJsonAsync<JsonElement>("/api/v1/directory");
        Assert.Equal(directory.GetProperty("operatorKey").GetString(), again.GetProperty("operatorKey").GetString());
        using HttpRequestMessage request = new(HttpMethod.Patch, $"/api/v1/meetings/{meeting}") { Content = JsonContent.Create(new { locked = true }) };
        request.Headers.Add("Authorization", $"Bearer {hostKey}");
        using HttpResponseMessage response = await second.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Two_nodes_run_in_one_process_and_know_nothing_of_each_other()
    {
        await using TestNode one = await TestNode.StartAsync(options => options with { Region = "eu-fra" });
        await using TestNode two = await TestNode.StartAsync(options => options with { Region = "us-sea" });
        (string meeting, _) = await one.CreateMeetingAsync();
        Assert.StartsWith("eu-fra-", meeting, StringComparison.Ordinal);
        using HttpResponseMessage response = await two.Http.GetAsync($"/api/v1/meetings/{meeting}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.NotEqual(one.Node.NodeId, two.Node.NodeId);
    }

    [Fact]
    public async Task A_data_directory_has_one_node()
    {
        await using TestNode one = await TestNode.StartAsync();
        IOException refused = await Assert.ThrowsAsync<IOException>(() => TestNode.StartAgainAsync(one.Options));
        Assert.Contains("in use by another node", refused.Message, StringComparison.Ordinal);
        Assert.Equal("{\"status\":\"ok\",\"faults\":[]}", await one.Http.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task Secrets_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using TestNode node = await TestNode.StartAsync();
        string keys = Path.Combine(node.Options.Data, "keys");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(keys));
        foreach (string name in (string[])["node.pem", "operator.pem", "resume.key"])
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(keys, name)));
    }

    [Fact]
    public async Task A_host_key_is_not_stored_in_readable_form()
    {
        TestNode node = await TestNode.StartAsync();
        (string meeting, string hostKey) = await node.CreateMeetingAsync();
        await node.StopAsync();
        try
        {
            string stored = string.Concat(System.IO.Directory.GetFiles(node.Options.Data, "parley.db*").Select(File.ReadAllBytes).Select(System.Text.Encoding.Latin1.GetString));
            Assert.Contains(meeting, stored, StringComparison.Ordinal);
            Assert.DoesNotContain(hostKey, stored, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.Directory.Delete(node.Options.Data, recursive: true);
        }
    }

    [Fact]
    public async Task Guessing_is_bounded_per_address()
    {
        await using TestNode node = await TestNode.StartAsync(options => options with
        {
            Limits = new AddressLimits { CreationsPerMinute = 3, UnknownLookupsPerMinute = 5, LoopbackFactor = 1 },
        });
        (string meeting, _) = await node.CreateMeetingAsync();
        List<HttpStatusCode> answers = [];
        for (int i = 0; i < 8; i++)
        {
            using HttpResponseMessage response = await node.Http.GetAsync($"/api/v1/meetings/local-0000000000000000000{i}");
            answers.Add(response.StatusCode);
        }

        Assert.Contains(HttpStatusCode.NotFound, answers);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        using HttpResponseMessage known = await node.Http.GetAsync($"/api/v1/meetings/{meeting}");
        await Problems.ProblemAssert.IsAsync(known, 429, "rate-limited");
        Assert.NotNull(known.Headers.RetryAfter);

        await node.CreateMeetingAsync();
        await node.CreateMeetingAsync();
        using HttpResponseMessage fourth = await node.Http.PostAsJsonAsync("/api/v1/meetings", new { });
        await Problems.ProblemAssert.IsAsync(fourth, 429, "rate-limited");
    }

    [Fact]
    public async Task A_full_meeting_says_so()
    {
        await using TestNode node = await TestNode.StartAsync(options => options with { MaximumParticipants = 1 });
        (string meeting, _) = await node.CreateMeetingAsync();
        await using Signalling.TestClient ada = await node.JoinAsync(meeting, "Ada");
        await using Signalling.TestClient bob = await node.ConnectAsync();
        Assert.Equal("meeting-full", (await bob.RefusedAsync("join", new { meeting, name = "Bob", offer = Signalling.TestClient.Offer })).GetProperty("code").GetString());
    }
}
