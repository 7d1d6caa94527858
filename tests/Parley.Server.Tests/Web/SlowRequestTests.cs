using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Parley.Server.Tests.Hosting;

namespace Parley.Server.Tests.Web;

public class SlowRequestTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Who_sends_a_byte_now_and_then_is_cut_off_in_seconds()
    {
        (string meeting, _) = await fixture.Node.CreateMeetingAsync();
        string[] answers = await Task.WhenAll(
            DribbleAsync($"POST /whip/{meeting} HTTP/1.1\r\nHost: x\r\nContent-Type: application/sdp\r\nContent-Length: 500000\r\n\r\n"),
            DribbleAsync("POST /api/v1/meetings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"),
            DribbleAsync("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "));
        Assert.All(answers, static answer => Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal));
        Assert.Contains("\"code\":\"too-slow\"", answers[0], StringComparison.Ordinal);
        Assert.Contains("\"code\":\"too-slow\"", answers[1], StringComparison.Ordinal);
        Assert.Equal("{\"status\":\"ok\",\"faults\":[]}", await fixture.Node.Http.GetStringAsync("/healthz"));
    }

    // Sends a start, then a space every tenth of a second until the server has enough; what it answered.
    private async Task<string> DribbleAsync(string start)
    {
        using TcpClient client = new();
        await client.ConnectAsync(fixture.Node.Node.Address.Host, fixture.Node.Node.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(start));
        Task<string> answer = ReadAsync(stream);
        Stopwatch watch = Stopwatch.StartNew();
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (!answer.IsCompleted && watch.Elapsed < Patience && await timer.WaitForNextTickAsync())
        {
            try
            {
                await stream.WriteAsync(" "u8.ToArray());
            }
            catch (IOException)
            {
                break;
            }
        }

        return await answer.WaitAsync(Patience);
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        StringBuilder text = new();
        byte[] buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var read)
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // Reset after the answer, since we still sent.
        }

        return text.ToString();
    }
}
