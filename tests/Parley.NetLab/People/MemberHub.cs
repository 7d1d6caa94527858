using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Parley.NetLab.Network;

namespace Parley.NetLab.People;

/// <summary>A member's connection to the hub of docs/protocol.md, from inside its namespace.</summary>
internal sealed class MemberHub : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly HttpMessageInvoker _sockets;

    private MemberHub(NetworkNamespace space, Uri door, Action<string, JsonElement> happened, Action lost)
    {
        _sockets = new HttpMessageInvoker(InsideHttp.Handler(space));
        _connection = new HubConnectionBuilder().WithUrl(new Uri(door, "/hub"), HttpTransportType.WebSockets, options =>
        {
            options.SkipNegotiation = true;
            options.WebSocketFactory = async (context, cancellation) =>
            {
                ClientWebSocket socket = new();
                UriBuilder address = new(context.Uri) { Scheme = "ws" };
                await socket.ConnectAsync(address.Uri, _sockets, cancellation);
                return socket;
            };
        }).Build();
        _connection.ServerTimeout = TimeSpan.FromSeconds(10);
        _connection.KeepAliveInterval = TimeSpan.FromSeconds(5);
        foreach (string name in (string[])["participantJoined", "participantLeft", "move", "mediaLost", "stopping", "ended"])
            _connection.On<JsonElement>(name, argument => happened(name, argument));
        _connection.Closed += _ =>
        {
            lost();
            return Task.CompletedTask;
        };
    }

    /// <summary>Connects. Events come on pool threads, in their order.</summary>
    public static async Task<MemberHub> ConnectAsync(NetworkNamespace space, Uri door, Action<string, JsonElement> happened, Action lost)
    {
        MemberHub hub = new(space, door, happened, lost);
        try
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
            await hub._connection.StartAsync(patience.Token);
            return hub;
        }
        catch
        {
            await hub.DisposeAsync();
            throw;
        }
    }

    public Task<JsonElement> CallAsync(string name, object argument) => _connection.InvokeAsync<JsonElement>(name, argument);

    public Task TellAsync(string name, object argument) => _connection.InvokeAsync(name, argument);

    public Task LeaveAsync() => _connection.InvokeAsync("leave");

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        _sockets.Dispose();
    }
}
