using System.Net.Http.Json;
using System.Text.Json;

namespace Parley.E2e.Support;

/// <summary>The demo's regions as its directory and its meetings tell them.</summary>
internal sealed class Regions : IDisposable
{
    private readonly HttpClient _http = new();
    private readonly NodeProcess _demo;

    public Regions(NodeProcess demo) => _demo = demo;

    /// <summary>The front door of a region.</summary>
    public async Task<Uri> DoorAsync(string region)
    {
        JsonElement directory = await _http.GetFromJsonAsync<JsonElement>(new Uri(_demo.Url, "/api/v1/directory"));
        return new(directory.GetProperty("nodes").EnumerateArray().Single(node => node.GetProperty("region").GetString() == region).GetProperty("frontDoor").GetString()!);
    }

    /// <summary>Makes a meeting at the first region; returns its link and host key.</summary>
    public async Task<(Uri Link, string HostKey)> CreateAsync(object meeting)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(new Uri(_demo.Url, "/api/v1/meetings"), meeting);
        JsonElement created = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (new(created.GetProperty("url").GetString()!), created.GetProperty("hostKey").GetString()!);
    }

    /// <summary>Changes a meeting as its host.</summary>
    public async Task ChangeAsync(Uri link, string hostKey, object change)
    {
        using HttpRequestMessage request = new(HttpMethod.Patch, Api(link)) { Content = JsonContent.Create(change) };
        request.Headers.Add("Authorization", $"Bearer {hostKey}");
        using HttpResponseMessage response = await _http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The regions that the route names for participants, in order, each as often as people are there.</summary>
    public async Task<string[]> InUseAsync(Uri link)
    {
        JsonElement route = await _http.GetFromJsonAsync<JsonElement>(new Uri($"{Api(link)}/route"));
        return [.. route.GetProperty("participants").EnumerateArray().Select(static person => person.GetProperty("region").GetString() ?? "").Order(StringComparer.Ordinal)];
    }

    /// <summary>What the meeting's own geofence denies, as its route says.</summary>
    public async Task<string[]> DeniedAsync(Uri link)
    {
        JsonElement route = await _http.GetFromJsonAsync<JsonElement>(new Uri($"{Api(link)}/route"));
        return route.GetProperty("fence").TryGetProperty("deny", out JsonElement deny) && deny.ValueKind == JsonValueKind.Array ? [.. deny.EnumerateArray().Select(static selector => selector.GetString()!)] : [];
    }

    /// <summary>A region's figures.</summary>
    public async Task<Metrics> MetricsAsync(string region) => await Metrics.ReadAsync(await DoorAsync(region));

    public void Dispose() => _http.Dispose();

    private static Uri Api(Uri link) => new($"{link.GetLeftPart(UriPartial.Authority)}/api/v1/meetings/{link.AbsolutePath["/m/".Length..]}");
}
