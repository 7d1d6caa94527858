using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Server.Meetings;
using Parley.Server.Nodes;
using Parley.Server.Tests.Media;
using Parley.Server.Tests.Signalling;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Nodes;

/// <summary>A meeting over three real nodes: grants, rooms and events go over mutual TLS; only media is fake.</summary>
public class MeetingAcrossNodesTests
{
    private static readonly string[] Regions = ["eu-fra", "eu-sto", "us-nyc"];

    [Fact]
    public async Task People_move_off_a_region_that_the_host_forbids_and_it_holds_nothing_afterwards()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions);
        await world.MeetAsync();
        await Until.TrueAsync(() => world["eu-fra"].Links.Delays.Select(static delay => (delay.From, delay.To)).Distinct().Count() >= 6, seconds: 15);
        using HttpClient http = new() { BaseAddress = world["eu-fra"].Running.Address };
        (string meeting, string hostKey) = await CreateAsync(http);
        await using TestClient ada = await JoinAsync(world, meeting, "Ada", "us-nyc");
        await using TestClient bob = await JoinAsync(world, meeting, "Bob", "eu-sto");
        Assert.Equal("us-nyc", Region(ada.Joined));
        Assert.Equal("eu-sto", Region(bob.Joined));
        Assert.Equal(1, world["us-nyc"].Get<HostedRooms>().Count);

        await ChangeAsync(http, meeting, hostKey, new { geofence = new { deny = new[] { "country:US" } } });
        JsonElement move = await ada.NextAsync("move");
        Assert.Equal("fence", move.GetProperty("reason").GetString());
        JsonElement answer = await ada.CallAsync("negotiate", new { offer = TestClient.Offer, tracks = new { }, restart = true });
        Assert.StartsWith("eu-", Region(answer), StringComparison.Ordinal);
        Connect(world, ada, Region(answer));
        await Until.TrueAsync(() => world["us-nyc"].Get<HostedRooms>().Count == 0);
        Assert.NotNull(world["us-nyc"].Get<GrantGate>().Check(meeting));
        Assert.DoesNotContain("ended", ada.Untaken());
    }

    [Fact]
    public async Task Those_on_a_node_that_stops_are_elsewhere_within_three_seconds()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions);
        await world.MeetAsync();
        await Until.TrueAsync(() => world["eu-fra"].Links.Delays.Select(static delay => (delay.From, delay.To)).Distinct().Count() >= 6, seconds: 15);
        using HttpClient http = new() { BaseAddress = world["eu-fra"].Running.Address };
        (string meeting, _) = await CreateAsync(http);
        await using TestClient ada = await JoinAsync(world, meeting, "Ada", "us-nyc");
        await using TestClient bob = await JoinAsync(world, meeting, "Bob", "eu-fra");
        Stopwatch since = Stopwatch.StartNew();
        Task stopping = world["us-nyc"].StopAsync();
        JsonElement move = await ada.NextAsync("move");
        Assert.Equal("node-lost", move.GetProperty("reason").GetString());
        JsonElement answer = await ada.CallAsync("negotiate", new { offer = TestClient.Offer, tracks = new { }, restart = true });
        Assert.True(since.Elapsed < TimeSpan.FromSeconds(3), $"It took {since.Elapsed}.");
        Assert.StartsWith("eu-", Region(answer), StringComparison.Ordinal);
        await stopping;
    }

    [Fact]
    public async Task A_node_that_let_go_of_its_grant_by_itself_is_granted_anew_and_its_people_come_again()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-nyc"];
        using HttpClient http = new() { BaseAddress = home.Running.Address };
        (string meeting, _) = await CreateAsync(http);
        await using TestClient ada = await JoinAsync(world, meeting, "Ada", "us-nyc");
        Assert.Equal("us-nyc", Region(ada.Joined));

        // As if it had run out there: the home's route knows nothing of this revocation.
        long serial = away.Get<GrantGate>().Find(meeting)!.Serial;
        Assert.Null(away.Get<HostedRooms>().Revoke(home.Sign(home.Grant(meeting, away, revokes: true) with { Serial = serial + 1 })));
        JsonElement move = await ada.NextAsync("move");
        Assert.Equal(("node-lost", "us-nyc"), (move.GetProperty("reason").GetString(), move.GetProperty("region").GetString()));
        Assert.Null(away.Get<GrantGate>().Check(meeting));
        JsonElement answer = await ada.CallAsync("negotiate", new { offer = TestClient.Offer, tracks = new { }, restart = true });
        Assert.Equal("us-nyc", Region(answer));
        Connect(world, ada, "us-nyc");
        Assert.DoesNotContain("mediaLost", ada.Untaken());
    }

    [Fact]
    public async Task Who_is_on_the_way_in_when_the_host_ends_the_meeting_is_told_so_and_no_node_holds_anything()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-nyc"];
        using HttpClient http = new() { BaseAddress = home.Running.Address };
        (string meeting, string hostKey) = await CreateAsync(http);
        await using TestClient ada = await JoinAsync(world, meeting, "Ada", "eu-fra");
        away.Media.Answering.Reset();
        await using TestClient bob = await TestClient.ConnectAsync(home.Running.Address);
        Task<JsonElement> joining = bob.RefusedAsync("join", Wish(meeting, "Bob", "us-nyc"));
        await Until.TrueAsync(() => !away.Media.Rooms.IsEmpty);

        await ChangeAsync(http, meeting, hostKey, new { ended = true });
        away.Media.Answering.Set();
        Assert.Equal("meeting-ended", (await joining).GetProperty("code").GetString());
        Assert.Equal("host", (await ada.NextAsync("ended")).GetProperty("reason").GetString());
        await Until.TrueAsync(() => world.All.All(node => node.Get<HostedRooms>().Count == 0 && node.Get<GrantGate>().Check(meeting) is not null));
        Assert.Equal(0, home.Get<NodeActivity>().Participants);
    }

    private static async Task ChangeAsync(HttpClient http, string meeting, string hostKey, object change)
    {
        using HttpRequestMessage request = new(HttpMethod.Patch, $"/api/v1/meetings/{meeting}") { Content = JsonContent.Create(change) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hostKey);
        using HttpResponseMessage changed = await http.SendAsync(request);
        Assert.True(changed.IsSuccessStatusCode);
    }

    private static object Wish(string meeting, string name, string near) => new
    {
        meeting,
        name,
        offer = TestClient.Offer,
        roundTrips = Regions.ToDictionary(static region => region, region => region == near ? 10.0 : 150.0),
    };

    private static string Region(JsonElement answer) => answer.GetProperty("node").GetProperty("region").GetString()!;

    private static async Task<(string Id, string HostKey)> CreateAsync(HttpClient http)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync("/api/v1/meetings", new { });
        JsonElement created = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (created.GetProperty("id").GetString()!, created.GetProperty("hostKey").GetString()!);
    }

    private static async Task<TestClient> JoinAsync(NodeWorld world, string meeting, string name, string near)
    {
        TestClient client = await TestClient.ConnectAsync(world["eu-fra"].Running.Address);
        await client.JoinWithAsync(Wish(meeting, name, near));
        Connect(world, client, Region(client.Joined));
        return client;
    }

    private static void Connect(NodeWorld world, TestClient client, string region)
    {
        FakeRoom room = world[region].Media.Rooms.Last(room => room.Open.Values.Any(offer => offer.Participant == client.Id));
        room.Raise(new TransportConnected(default, room.TransportOf(client.Id)));
    }
}
