using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Rtc.Sdp;

namespace Parley.Cli.Load.Signalling;

/// <summary>The load's peers at a node: WHIP (RFC 9725) and WHEP over HTTP, as any outside tool would.</summary>
public sealed class WhipWhepSignalling : ILoadSignalling
{
    private static readonly MediaTypeHeaderValue SdpType = new("application/sdp");

    private readonly HttpClient _http;
    private readonly List<Uri> _resources = [];
    private readonly string _participantPrefix = $"load-{Guid.NewGuid():N}"[..13];
    private string? _meeting;

    /// <summary>Makes the signalling; <paramref name="meeting"/> null makes a meeting.</summary>
    public WhipWhepSignalling(Uri node, string? meeting)
    {
        _http = new() { BaseAddress = node };
        _meeting = meeting;
    }

    /// <inheritdoc />
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        if (_meeting is not null)
            return;
        using HttpResponseMessage created = await _http.PostAsJsonAsync("/api/v1/meetings", new { title = "Load", e2ee = "off" }, cancellation);
        string body = await ReadAsync(created, "making a meeting", cancellation);
        using JsonDocument meeting = JsonDocument.Parse(body);
        _meeting = meeting.RootElement.GetProperty("id").GetString();
    }

    /// <inheritdoc />
    public async Task<RemotePeer> PublishAsync(int publisher, LocalPeer local, CancellationToken cancellation)
    {
        SessionDescription offer = LoadSdp.PublishOffer(local);
        string answer = await PostAsync($"/whip/{_meeting}?participant={Participant(publisher)}", offer, cancellation);
        return LoadSdp.Read(answer, local, offer);
    }

    /// <inheritdoc />
    public async Task<RemotePeer> SubscribeAsync(int subscriber, IReadOnlyList<int> publishers, LocalPeer local, CancellationToken cancellation)
    {
        // One publisher is watched by name; several are the meeting's pictures, as many as are asked for.
        string path = publishers.Count == 1 ? $"/whep/{_meeting}/{Participant(publishers[0])}" : $"/whep/{_meeting}";
        string answer = await PostAsync(path, LoadSdp.PlayOffer(local, publishers.Count), cancellation);
        return LoadSdp.Read(answer, local);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (Uri resource in _resources)
        {
            try
            {
                (await _http.DeleteAsync(resource)).Dispose();
            }
            catch (HttpRequestException)
            {
                break; // The server is gone, and its resources with it.
            }
        }

        _http.Dispose();
    }

    private string Participant(int publisher) => $"{_participantPrefix}-{publisher}";

    private async Task<string> PostAsync(string path, SessionDescription offer, CancellationToken cancellation)
    {
        using StringContent content = new(offer.ToString(), SdpType);
        using HttpResponseMessage response = await _http.PostAsync(path, content, cancellation);
        string answer = await ReadAsync(response, path, cancellation);
        if (response.Headers.Location is { } location)
            _resources.Add(location);
        return answer;
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, string what, CancellationToken cancellation)
    {
        string body = await response.Content.ReadAsStringAsync(cancellation);
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"The node refused {what} with {(int)response.StatusCode}: {body}");
    }
}
