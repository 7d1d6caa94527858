using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Parley.Server.Tests.Signalling;

/// <summary>A client of the hub: calls, and the events that came, in order.</summary>
internal sealed class TestClient : IAsyncDisposable
{
    public const string Offer = "v=0\r\nm=audio\r\nm=video\r\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly string[] Names =
        ["participantJoined", "participantUpdated", "participantLeft", "slotChanged", "speakerChanged", "quality", "mediaLost", "meetingChanged", "stopping", "ended",
            "joinWaiting", "move", "routeChanged", "tightenAsked", "tightenWithdrawn",
            "mlsWork", "mlsWelcome", "mlsCommit", "mlsMessage", "mlsConfirmed", "mlsRestart", "mlsLost"];

    private readonly HubConnection _connection;
    private readonly Channel<(string Name, JsonElement Argument)> _events = Channel.CreateUnbounded<(string, JsonElement)>();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TestClient(HubConnection connection)
    {
        _connection = connection;
        foreach (string name in Names)
            connection.On<JsonElement>(name, argument => _events.Writer.TryWrite((name, argument)));
        connection.Closed += _ =>
        {
            _closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public JsonElement Joined { get; private set; }

    public string Id => Joined.GetProperty("participant").GetString()!;

    public JsonElement Encryption => Joined.GetProperty("encryption");

    public long Generation => Encryption.GetProperty("generation").GetInt64();

    public string Resume => Joined.GetProperty("resume").GetString()!;

    public Task Closed => _closed.Task.WaitAsync(Patience);

    public static async Task<TestClient> ConnectAsync(Uri node)
    {
        TestClient client = new(new HubConnectionBuilder().WithUrl(new Uri(node, "/hub")).Build());
        await client._connection.StartAsync();
        return client;
    }

    public async Task<JsonElement> JoinAsync(string meeting, string name, string? resume = null) =>
        Joined = await CallAsync("join", new { meeting, name, offer = Offer, tracks = new { _0 = "microphone" }, resume, microphone = true, camera = false });

    public async Task<JsonElement> JoinWithAsync(object argument) => Joined = await CallAsync("join", argument);

    public Task<JsonElement> CallAsync(string call, object argument) => _connection.InvokeAsync<JsonElement>(call, argument).WaitAsync(Patience);

    /// <summary>Makes a call that answers nothing.</summary>
    public Task SendAsync(string call, object argument) => _connection.InvokeAsync(call, argument).WaitAsync(Patience);

    public Task LeaveAsync() => _connection.InvokeAsync("leave").WaitAsync(Patience);

    /// <summary>Makes a call that must fail, and gives the problem.</summary>
    public async Task<JsonElement> RefusedAsync(string call, object argument)
    {
        HubException refusal = await Assert.ThrowsAsync<HubException>(() => CallAsync(call, argument));
        return JsonElement.Parse(refusal.Message[refusal.Message.IndexOf('{', StringComparison.Ordinal)..]);
    }

    /// <summary>Waits for the next event of a name; others before it are skipped.</summary>
    public async Task<JsonElement> NextAsync(string name)
    {
        using CancellationTokenSource patience = new(Patience);
        await foreach ((string came, JsonElement argument) in _events.Reader.ReadAllAsync(patience.Token))
        {
            if (came == name)
                return argument;
        }

        throw new InvalidOperationException("The events ended.");
    }

    /// <summary>The names of the events that came and were not taken.</summary>
    public string[] Untaken()
    {
        List<string> names = [];
        while (_events.Reader.TryRead(out (string Name, JsonElement Argument) came))
            names.Add(came.Name);
        return [.. names];
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
