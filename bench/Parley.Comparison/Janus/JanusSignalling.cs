using System.Text.Json.Nodes;
using Parley.Cli.Load.Signalling;
using Parley.Rtc.Sdp;

namespace Parley.Comparison.Janus;

/// <summary>The load's peers in a room of Janus's VideoRoom: publishers offer, subscribers answer.</summary>
internal sealed class JanusSignalling : ILoadSignalling
{
    private static int s_rooms;

    private readonly int _room = Interlocked.Increment(ref s_rooms);
    private readonly JanusApi _api;
    private readonly Dictionary<int, long> _feeds = [];

    public JanusSignalling(Uri server) => _api = new(server);

    public async Task PrepareAsync(CancellationToken cancellation)
    {
        await _api.OpenAsync(cancellation);
        string handle = await _api.AttachAsync(cancellation);
        // No bit rate cap and no periodic key frames: the room forwards what it gets, as Parley's does.
        JsonObject create = new() { ["request"] = "create", ["room"] = _room, ["publishers"] = 100, ["bitrate"] = 0, ["videocodec"] = "vp8", ["fir_freq"] = 0 };
        await _api.MessageAsync(handle, create, null, cancellation);
    }

    public async Task<RemotePeer> PublishAsync(int publisher, LocalPeer local, CancellationToken cancellation)
    {
        string handle = await _api.AttachAsync(cancellation);
        JsonObject join = new() { ["request"] = "joinandconfigure", ["ptype"] = "publisher", ["room"] = _room, ["display"] = $"p{publisher}", ["audio"] = false, ["video"] = true };
        SessionDescription offer = LoadSdp.PublishOffer(local);
        JsonObject joined = await _api.MessageAsync(handle, join, Jsep("offer", offer.ToString()), cancellation);
        _feeds[publisher] = joined["plugindata"]!["data"]!["id"]!.GetValue<long>();
        return LoadSdp.Read(Sdp(joined), local, offer);
    }

    public async Task<RemotePeer> SubscribeAsync(int subscriber, IReadOnlyList<int> publishers, LocalPeer local, CancellationToken cancellation)
    {
        string handle = await _api.AttachAsync(cancellation);
        JsonArray streams = [.. publishers.Select(publisher => new JsonObject { ["feed"] = _feeds[publisher] })];
        JsonObject join = new() { ["request"] = "join", ["ptype"] = "subscriber", ["room"] = _room, ["streams"] = streams };
        string text = Sdp(await _api.MessageAsync(handle, join, null, cancellation));
        if (!SessionDescription.TryParse(text, out SessionDescription? offer, out SdpError? error))
            throw new InvalidOperationException($"Janus's offer cannot be read: {error.Detail}");
        await _api.MessageAsync(handle, new() { ["request"] = "start" }, Jsep("answer", LoadSdp.AnswerTo(offer, local).ToString()), cancellation);
        return LoadSdp.Read(text, local);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    private static JsonObject Jsep(string type, string sdp) => new() { ["type"] = type, ["sdp"] = sdp };

    private static string Sdp(JsonObject answer) =>
        answer["jsep"]?["sdp"]?.GetValue<string>() ?? throw new InvalidOperationException("Janus sent no session description.");
}
