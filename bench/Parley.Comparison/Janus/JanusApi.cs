using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Parley.Comparison.Janus;

/// <summary>One session of Janus's HTTP API: requests are posted, events are polled.</summary>
internal sealed class JanusApi : IAsyncDisposable
{
    private static readonly TimeSpan EventTimeout = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _ended = new();
    private readonly Dictionary<string, TaskCompletionSource<JsonObject>> _waiting = [];
    private readonly Lock _gate = new();
    private long _transactions;
    private string _session = "";
    private Task _polling = Task.CompletedTask;

    public JanusApi(Uri server) => _http = new() { BaseAddress = server, Timeout = TimeSpan.FromMinutes(2) };

    public async Task OpenAsync(CancellationToken cancellation)
    {
        JsonObject answer = await PostAsync("janus", new() { ["janus"] = "create" }, cancellation);
        _session = $"janus/{answer["data"]!["id"]!.GetValue<long>()}";
        _polling = PollAsync();
    }

    /// <summary>Attaches to the VideoRoom plugin; the handle's path.</summary>
    public async Task<string> AttachAsync(CancellationToken cancellation)
    {
        JsonObject answer = await PostAsync(_session, new() { ["janus"] = "attach", ["plugin"] = "janus.plugin.videoroom" }, cancellation);
        return $"{_session}/{answer["data"]!["id"]!.GetValue<long>()}";
    }

    /// <summary>Sends a message to a handle and waits for the plugin's event (or the immediate answer of a synchronous request).</summary>
    public async Task<JsonObject> MessageAsync(string handle, JsonObject body, JsonObject? jsep, CancellationToken cancellation)
    {
        string transaction = NextTransaction();
        TaskCompletionSource<JsonObject> arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            _waiting[transaction] = arrived;
        JsonObject request = new() { ["janus"] = "message", ["transaction"] = transaction, ["body"] = body };
        if (jsep is not null)
            request["jsep"] = jsep;
        JsonObject answer = await SendAsync(handle, request, cancellation);
        JsonObject plugin = answer["janus"]!.GetValue<string>() == "ack" ? await arrived.Task.WaitAsync(EventTimeout, cancellation) : answer;
        string? error = plugin["plugindata"]?["data"]?["error"]?.GetValue<string>();
        return error is null ? plugin : throw new InvalidOperationException($"Janus: {error}");
    }

    public async ValueTask DisposeAsync()
    {
        // First: a poll that is under way when the session ends is answered with an error.
        await _ended.CancelAsync();
        await _polling;
        if (_session.Length > 0)
            await PostAsync(_session, new() { ["janus"] = "destroy" }, CancellationToken.None);
        _ended.Dispose();
        _http.Dispose();
    }

    private async Task PollAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                JsonArray? events = await _http.GetFromJsonAsync<JsonArray>($"{_session}?maxev=50", _ended.Token);
                foreach (JsonNode? item in events ?? [])
                    Deliver(item!.AsObject());
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Deliver(JsonObject item)
    {
        if (item["transaction"]?.GetValue<string>() is not { } transaction)
            return;
        lock (_gate)
        {
            if (_waiting.Remove(transaction, out TaskCompletionSource<JsonObject>? waiter))
                waiter.TrySetResult(item);
        }
    }

    private Task<JsonObject> PostAsync(string path, JsonObject request, CancellationToken cancellation)
    {
        request["transaction"] = NextTransaction();
        return SendAsync(path, request, cancellation);
    }

    private async Task<JsonObject> SendAsync(string path, JsonObject request, CancellationToken cancellation)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(path, request, cancellation);
        JsonObject answer = (await response.Content.ReadFromJsonAsync<JsonObject>(cancellation))!;
        return answer["error"] is { } error ? throw new InvalidOperationException($"Janus: {error["reason"]}") : answer;
    }

    private string NextTransaction() => $"t{Interlocked.Increment(ref _transactions)}";
}
