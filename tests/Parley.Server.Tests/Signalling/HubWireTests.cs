using System.Net.WebSockets;
using System.Text;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Signalling;

/// <summary>What no SignalR client would send, on a bare WebSocket.</summary>
public class HubWireTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static TheoryData<string, string> Wrong => new()
    {
        { "no JSON", "{bad" },
        { "not an object", "[1,2,3]" },
        { "deep JSON", "{\"type\":1,\"target\":\"join\",\"invocationId\":\"1\",\"arguments\":[" + new string('[', 5_000) + new string(']', 5_000) + "]}" },
        { "a message type that is a text", "{\"type\":\"x\"}" },
        { "two megabytes without an end", new string('x', 2_000_000) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_message_that_is_none_ends_its_connection_and_no_other(string what, string message)
    {
        (string meeting, _) = await fixture.Node.CreateMeetingAsync();
        await using TestClient calm = await fixture.Node.JoinAsync(meeting, "Calm");
        using ClientWebSocket socket = await ConnectAsync();
        await SendAsync(socket, Handshake);
        await SendAsync(socket, message + "\u001e");
        Assert.True(await EndsAsync(socket), what);
        await calm.CallAsync("rename", new { name = "Calm still" });
    }

    [Fact]
    public async Task Who_joins_nothing_is_let_go_and_who_joined_stays()
    {
        await using TestNode node = await TestNode.StartAsync(static options => options with { SeatTimeout = TimeSpan.FromMilliseconds(500) });
        (string meeting, _) = await node.CreateMeetingAsync();
        await using TestClient ada = await node.JoinAsync(meeting, "Ada");
        await using TestClient idle = await node.ConnectAsync();
        await idle.Closed;
        await ada.CallAsync("rename", new { name = "Ada still" });
        await ada.LeaveAsync();
        await ada.Closed;
    }

    private static async Task SendAsync(ClientWebSocket socket, string text)
    {
        try
        {
            using CancellationTokenSource patience = new(Patience);
            await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        }
        catch (WebSocketException)
        {
            // Cut off while it still sent.
        }
    }

    private static async Task<bool> EndsAsync(ClientWebSocket socket)
    {
        using CancellationTokenSource patience = new(Patience);
        byte[] buffer = new byte[4096];
        try
        {
            while ((await socket.ReceiveAsync(buffer, patience.Token)).MessageType != WebSocketMessageType.Close)
            {
            }

            return true;
        }
        catch (WebSocketException)
        {
            return true;
        }
    }

    private async Task<ClientWebSocket> ConnectAsync()
    {
        ClientWebSocket socket = new();
        using CancellationTokenSource patience = new(Patience);
        await socket.ConnectAsync(new UriBuilder(new Uri(fixture.Node.Node.Address, "/hub")) { Scheme = "ws" }.Uri, patience.Token);
        return socket;
    }
}
