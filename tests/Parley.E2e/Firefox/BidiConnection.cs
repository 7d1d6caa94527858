using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.E2e.Firefox;

/// <summary>A WebDriver BiDi connection (w3c.github.io/webdriver-bidi): one command after another, events are passed over. Playwright cannot drive Debian's Firefox; this takes no driver.</summary>
internal sealed class BidiConnection : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private int _last;

    public static async Task<BidiConnection> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        BidiConnection connection = new();
        await connection._socket.ConnectAsync(address, cancellation);
        await connection.CallAsync("session.new", new { capabilities = new { } }, cancellation);
        return connection;
    }

    /// <summary>Makes a call and gives its result; an error is an exception with Firefox's words.</summary>
    public async Task<JsonNode> CallAsync(string method, object parameters, CancellationToken cancellation)
    {
        int id = ++_last;
        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new { id, method, @params = parameters }), WebSocketMessageType.Text, endOfMessage: true, cancellation);
        while (true)
        {
            JsonNode message = await ReadAsync(cancellation);
            if (message["id"]?.GetValue<int>() != id)
                continue;
            return message["result"] ?? throw new InvalidOperationException($"{method}: {message.ToJsonString()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket.State == WebSocketState.Open)
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        _socket.Dispose();
    }

    private async Task<JsonNode> ReadAsync(CancellationToken cancellation)
    {
        ArrayBufferWriter<byte> text = new();
        while (true)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(text.GetMemory(16 * 1024), cancellation);
            text.Advance(part.Count);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException("Firefox closed the connection.");
            if (part.EndOfMessage)
                return JsonNode.Parse(text.WrittenSpan)!;
        }
    }
}
