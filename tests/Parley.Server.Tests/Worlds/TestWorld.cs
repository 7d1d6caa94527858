using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Routing.Directory;
using Parley.Routing.Regions;
using Parley.Server.Configuration;
using Parley.Server.Directory;
using Parley.Server.Keys;
using Parley.Server.Nodes;
using Parley.Server.Places;
using Parley.Server.Storage;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Media;
using Parley.Server.Tests.Signalling;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Worlds;

/// <summary>A real node in Frankfurt with fake media, and nodes in other regions that the test plays: New York, Stockholm, and Zurich, which serves only Switzerland.</summary>
internal sealed class TestWorld : IAsyncDisposable
{
    public static readonly Region[] Regions =
    [
        Make("eu-fra", "Frankfurt", "DE", 50.1, 8.7),
        Make("eu-sto", "Stockholm", "SE", 59.3, 18.1),
        Make("us-nyc", "New York", "US", 40.7, -74.0),
        Make("ch-zrh", "Zurich", "CH", 47.4, 8.5) with { ServesOnly = ["CH"] },
    ];

    private readonly TimeProvider? _time;

    private TestWorld(TestNode home, FakeNodes nodes, Dictionary<string, FakeLink> links, TimeProvider? time)
    {
        _time = time;
        Home = home;
        Nodes = nodes;
        Links = links;
    }

    public TestNode Home { get; private set; }

    public FakeNodes Nodes { get; private set; }

    /// <summary>The other nodes, by region.</summary>
    public Dictionary<string, FakeLink> Links { get; }

    public HttpClient Http => Home.Http;

    public static async Task<TestWorld> StartAsync(Func<NodeOptions, NodeOptions>? change = null, string? country = null, TimeProvider? time = null)
    {
        TestNode home = await TestNode.StartAsync(
            options => (change ?? (same => same))(options with { Region = "eu-fra", RegionCountry = "DE" }),
            services =>
            {
                Replace(services);
                if (time is not null)
                    services.AddSingleton(time);
                if (country is not null)
                    services.AddSingleton<ICountryFinder>(new OneCountry(country));
            });
        Dictionary<string, FakeLink> links = Regions.Skip(1).ToDictionary(region => region.Id, region => new FakeLink(region.Id));
        TestWorld world = new(home, (FakeNodes)home.Node.Services.GetRequiredService<IMediaNodes>(), links, time);
        world.Meet();
        return world;
    }

    /// <summary>Restarts the home as if it had crashed: no other node hears of it, and none answers before <see cref="FakeLink.Hangs"/> says so.</summary>
    public async Task CrashAsync()
    {
        foreach (FakeLink link in Links.Values)
            link.Hangs = new TaskCompletionSource();
        await Home.StopAsync();
        Home = await TestNode.StartAgainAsync(Home.Options, services =>
        {
            Replace(services);
            if (_time is not null)
                services.AddSingleton(_time);
        });
        Nodes = (FakeNodes)Home.Node.Services.GetRequiredService<IMediaNodes>();
        Meet();
    }

    /// <summary>Gives the node another version of the directory.</summary>
    public void Publish(IEnumerable<Region> regions, Func<Node, bool>? except = null, string[]? ownRoles = null, IReadOnlyList<CountryGroup>? groups = null)
    {
        NodeDirectory directory = Home.Node.Services.GetRequiredService<NodeDirectory>();
        RegionDirectory version = directory.Current with
        {
            Groups = groups ?? directory.Current.Groups,
            Version = directory.Current.Version + 1,
            Regions = [.. regions],
            Nodes = [.. Links.Values.Select(link => link.Entry).Prepend(ownRoles is null ? directory.Self : directory.Self with { Roles = ownRoles }).Where(node => except is null || !except(node))],
        };
        Assert.Null(directory.Accept(DirectorySigner.Sign(version, Home.Node.Services.GetRequiredService<NodeKeys>().Operator!)));
        foreach (FakeLink link in Links.Values)
            link.Use(version);
        Nodes.Tell(new NodesChange(null, IsAlive: false));
    }

    public async Task<(string Id, string HostKey)> CreateAsync(object? geofence = null, int? tightenLimit = null)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync("/api/v1/meetings", new { title = "World", e2ee = "off", geofence, tightenLimit });
        JsonElement created = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, created.ToString());
        return (created.GetProperty("id").GetString()!, created.GetProperty("hostKey").GetString()!);
    }

    public async Task<HttpResponseMessage> PatchAsync(string id, string hostKey, object body)
    {
        using HttpRequestMessage request = new(HttpMethod.Patch, $"/api/v1/meetings/{id}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hostKey);
        return await Http.SendAsync(request);
    }

    /// <summary>What the home has stored of a meeting's route.</summary>
    public Task<string?> MemoryAsync(string meeting) => Home.Node.Services.GetRequiredService<IRouteMemories>().FindAsync(meeting);

    public Task<JsonElement> RouteAsync(string id) => Http.GetFromJsonAsync<JsonElement>($"/api/v1/meetings/{id}/route");

    /// <summary>Joins someone who is near a region, and lets their media connect.</summary>
    public async Task<TestClient> JoinAsync(string meeting, string name, string near = "eu-fra", object? fence = null, string? hostKey = null, string? place = null)
    {
        TestClient client = await Home.ConnectAsync();
        await client.JoinWithAsync(Wish(meeting, name, near, fence, hostKey, place));
        Connect(client);
        return client;
    }

    /// <summary>The argument of join of someone who is near a region.</summary>
    public static object Wish(string meeting, string name, string near = "eu-fra", object? fence = null, string? hostKey = null, string? place = null) => new
    {
        meeting,
        name,
        offer = TestClient.Offer,
        tracks = new { },
        microphone = true,
        camera = false,
        fence,
        hostKey,
        place,
        roundTrips = place is null ? Regions.ToDictionary(region => region.Id, region => region.Id == near ? 10.0 : 150.0) : null,
    };

    /// <summary>Lets a client's newest transport carry media.</summary>
    public void Connect(TestClient client, string? region = null)
    {
        string node = region is null ? client.Joined.GetProperty("node").GetProperty("id").GetString()! : "n_" + region;
        if (Links.Values.FirstOrDefault(link => link.Node == node) is { } link)
        {
            FakeNodeRoom room = link.Rooms.Last(room => room.Has(client.Id));
            room.Raise(new TransportConnected(default, room.TransportOf(client.Id)));
        }
        else
        {
            FakeRoom room = Home.Media.Rooms.Last(room => room.Open.Values.Any(offer => offer.Participant == client.Id));
            room.Raise(new TransportConnected(default, room.TransportOf(client.Id)));
        }
    }

    /// <summary>Answers a <c>move</c> as a client does.</summary>
    public async Task<string> FollowAsync(TestClient client)
    {
        JsonElement move = await client.NextAsync("move");
        JsonElement answer = await client.CallAsync("negotiate", new { offer = TestClient.Offer, tracks = new { }, restart = true });
        string region = answer.GetProperty("node").GetProperty("region").GetString()!;
        Assert.Equal(move.GetProperty("region").GetString(), region);
        Connect(client, region);
        return region;
    }

    /// <summary>Stops a node like a machine that fails: calls hang, then it is known to be dead.</summary>
    public void Kill(string region)
    {
        FakeLink link = Links[region];
        link.IsAlive = false;
        foreach (FakeNodeRoom room in link.Rooms)
            room.Stop(null);
        Nodes.Tell(new NodesChange(link.Node, IsAlive: false));
    }

    public async ValueTask DisposeAsync()
    {
        await Home.DisposeAsync();
        foreach (FakeLink link in Links.Values)
            link.Dispose();
    }

    private static void Replace(IServiceCollection services) =>
        services.AddSingleton<IMediaNodes>(static provider => new FakeNodes(provider.GetRequiredService<LocalLink>()));

    private void Meet()
    {
        Publish(Regions);
        foreach (FakeLink link in Links.Values)
            Nodes.Add(link);
    }

    private static Region Make(string id, string city, string country, double latitude, double longitude) => new()
    {
        Id = id,
        Name = city,
        City = city,
        Country = country,
        Latitude = latitude,
        Longitude = longitude,
        Operator = "Example",
        OperatorCountry = country,
    };

    private sealed class OneCountry(string country) : ICountryFinder
    {
        public string Find(System.Net.IPAddress? address) => country;
    }
}
