using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.E2e.Support;
using Parley.NetLab.Network;
using Parley.NetLab.Nodes;
using Parley.NetLab.People;

namespace Parley.NetLab.Scenarios;

/// <summary>A meeting of the lab, and those who are in it.</summary>
internal sealed class Meeting : IAsyncDisposable
{
    /// <summary>A picture that came this long ago still moves.</summary>
    private const long Fresh = 300_000;

    private readonly List<Member> _everyone = [];
    private readonly Lab _lab;
    private readonly HttpClient _http;

    private Meeting(Lab lab, HttpClient http, JsonElement made)
    {
        (_lab, _http) = (lab, http);
        Id = made.GetProperty("id").GetString()!;
        HostKey = made.GetProperty("hostKey").GetString()!;
        Link = new Uri(made.GetProperty("url").GetString()!);
    }

    public string Id { get; }

    public string HostKey { get; }

    /// <summary>The page to join it.</summary>
    public Uri Link { get; }

    /// <summary>Everybody who ever joined.</summary>
    public IReadOnlyList<Member> Everyone => _everyone;

    /// <summary>Who is in it.</summary>
    public List<Member> Members { get; } = [];

    public static async Task<Meeting> CreateAsync(Lab lab, WanPort host, Uri door, string[] deny)
    {
        HttpClient http = InsideHttp.Client(host.Space, door);
        using HttpResponseMessage made = await http.PostAsJsonAsync("/api/v1/meetings", new { title = "Lab", e2ee = "off", geofence = deny.Length > 0 ? new { deny } : null });
        string text = await made.Content.ReadAsStringAsync();
        Assert.True(made.IsSuccessStatusCode, text);
        using JsonDocument meeting = JsonDocument.Parse(text);
        return new(lab, http, meeting.RootElement);
    }

    /// <summary>Somebody joins from a country.</summary>
    public async Task<Member> JoinAsync(string name, Country country, object? fence = null)
    {
        Member member = _lab.Arrive(name, country, this);
        _everyone.Add(member);
        await member.JoinAsync(fence);
        Members.Add(member);
        return member;
    }

    /// <summary>Somebody leaves.</summary>
    public async Task LeaveAsync(Member member)
    {
        Members.Remove(member);
        await member.LeaveAsync();
    }

    /// <summary>The host replaces the fence.</summary>
    public Task FenceAsync(params string[] deny) => ChangeAsync(new { geofence = new { deny } });

    /// <summary>The host ends it for everyone.</summary>
    public Task EndAsync() => ChangeAsync(new { ended = true });

    /// <summary>Waits until everyone's picture moves at everyone else.</summary>
    public Task EveryoneSeesEveryoneAsync(TimeSpan? timeout = null) => Eventually.TrueAsync(
        () =>
        {
            long now = Lab.Now;
            return Task.FromResult(Pairs().All(pair => now - pair.Viewer.Media.Arrivals[pair.Shown.Number].Last < Fresh));
        },
        "everyone sees everyone",
        timeout ?? TimeSpan.FromSeconds(15),
        () =>
        {
            long now = Lab.Now;
            return Task.FromResult(string.Join(", ", Pairs().Where(pair => now - pair.Viewer.Media.Arrivals[pair.Shown.Number].Last >= Fresh).Select(static pair => $"{pair.Viewer.Name}@{pair.Viewer.Node} does not see {pair.Shown.Name}@{pair.Shown.Node}")));
        });

    /// <summary>Waits until somebody is on a node.</summary>
    public Task IsUsedAsync(string node) => Eventually.TrueAsync(
        () => Task.FromResult(Members.Any(member => member.Node == node)), $"somebody is on {node}", TimeSpan.FromSeconds(10), () => Task.FromResult(string.Join(", ", Members.Select(static member => $"{member.Name}@{member.Node}"))));

    /// <summary>Lets people talk for a while.</summary>
    public static Task TalkAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds));

    /// <summary>The longest time without a picture since then, for each pair of viewer and shown, ms.</summary>
    public List<Gap> Gaps(long since, long? until = null)
    {
        long now = until ?? Lab.Now;
        return [.. Pairs().Select(pair => new Gap(pair.Viewer, pair.Shown, pair.Viewer.Media.Arrivals[pair.Shown.Number].LongestGap(since, now) / 1000.0))];
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_everyone.Select(static member => member.DisposeAsync().AsTask()));
        _http.Dispose();
    }

    private async Task ChangeAsync(object change)
    {
        using HttpRequestMessage request = new(HttpMethod.Patch, $"/api/v1/meetings/{Id}") { Content = JsonContent.Create(change) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", HostKey);
        using HttpResponseMessage answer = await _http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private IEnumerable<(Member Viewer, Member Shown)> Pairs() =>
        from viewer in Members from shown in Members where viewer != shown select (viewer, shown);
}
