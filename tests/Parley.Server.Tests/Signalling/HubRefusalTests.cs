using System.Text.Json;
using Parley.Server.Limits;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Signalling;

public class HubRefusalTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private TestNode Node => fixture.Node;

    [Fact]
    public async Task An_unknown_meeting_is_refused_with_a_problem()
    {
        await using TestClient client = await Node.ConnectAsync();
        foreach (string meeting in (string[])["local-00000000000000000000", "nonsense", ""])
        {
            JsonElement problem = await client.RefusedAsync("join", new { meeting, name = "Ada", offer = TestClient.Offer });
            Assert.Equal("/problems/meeting-unknown", problem.GetProperty("type").GetString());
            Assert.Equal(404, problem.GetProperty("status").GetInt32());
        }
    }

    [Fact]
    public async Task Arguments_of_another_shape_are_refused_with_a_reason()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient client = await Node.ConnectAsync();
        object[] wrong = [new { meeting }, "text", 7, new { meeting, name = 5, offer = TestClient.Offer }, new { meeting, name = (string?)null, offer = TestClient.Offer }, new[] { 1 }];
        foreach (object argument in wrong)
            Assert.Equal("invalid-json", (await client.RefusedAsync("join", argument)).GetProperty("code").GetString());
        object[] bad =
        [
            new { meeting, name = "", offer = TestClient.Offer },
            new { meeting, name = new string('x', 81), offer = TestClient.Offer },
            new { meeting, name = "Ada", offer = TestClient.Offer, tracks = new { a = "telephone" } },
        ];
        foreach (object argument in bad)
            Assert.Equal("invalid-field", (await client.RefusedAsync("join", argument)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_offer_that_is_no_offer_leaves_nothing_behind()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient client = await Node.ConnectAsync();
        Assert.Equal("offer-refused", (await client.RefusedAsync("join", new { meeting, name = "Ada", offer = "hello" })).GetProperty("code").GetString());
        Assert.True(Node.Media.Room.IsDisposed);
        await client.JoinAsync(meeting, "Ada");
        Assert.Single(client.Joined.GetProperty("participants").EnumerateArray());
    }

    [Fact]
    public async Task A_large_offer_is_refused_and_a_huge_message_ends_the_connection()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient client = await Node.ConnectAsync();
        Assert.Equal("offer-too-large", (await client.RefusedAsync("join", new { meeting, name = "Ada", offer = new string('v', 1_000_000) })).GetProperty("code").GetString());
        await Assert.ThrowsAnyAsync<Exception>(() => client.CallAsync("join", new { meeting, name = "Ada", offer = new string('v', 3_000_000) }));
        await client.Closed;
    }

    [Fact]
    public async Task Calls_before_joining_and_a_second_join_are_refused()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient client = await Node.ConnectAsync();
        Assert.Equal("not-joined", (await client.RefusedAsync("rename", new { name = "Ada" })).GetProperty("code").GetString());
        Assert.Equal("not-joined", (await client.RefusedAsync("negotiate", new { offer = TestClient.Offer })).GetProperty("code").GetString());
        await client.JoinAsync(meeting, "Ada");
        Assert.Equal("already-joined", (await client.RefusedAsync("join", new { meeting, name = "Ada", offer = TestClient.Offer })).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Wishes_have_bounds()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient client = await Node.JoinAsync(meeting, "Ada");
        object many = new { wishes = Enumerable.Repeat(new { participant = "p", source = "camera", height = 1 }, 129) };
        Assert.Equal("invalid-field", (await client.RefusedAsync("view", many)).GetProperty("code").GetString());
        object negative = new { wishes = new[] { new { participant = "p", source = "camera", height = -1 } } };
        Assert.Equal("invalid-field", (await client.RefusedAsync("view", negative)).GetProperty("code").GetString());
        object hole = new { wishes = new object?[] { null } };
        Assert.Equal("invalid-field", (await client.RefusedAsync("view", hole)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_connection_that_calls_without_end_is_held_back_and_others_are_not()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient busy = await Node.JoinAsync(meeting, "Busy");
        await using TestClient calm = await Node.JoinAsync(meeting, "Calm");
        Task<JsonElement>[] calls = [.. Enumerable.Range(0, CallBudget.Burst * 3).Select(number => busy.CallAsync("rename", new { name = $"Busy {number}" }))];
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Contains(calls, call => call.IsFaulted && call.Exception!.ToString().Contains("rate-limited", StringComparison.Ordinal));
        await calm.CallAsync("rename", new { name = "Calm still" });
    }
}
