using System.Text.Json;

namespace Parley.Cli.Tests.Serving;

public sealed class MediaProcessTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("parley-media-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    /// <summary>The whole way: WHIP and WHEP over HTTP, ICE, DTLS, SRTP, a slot for each watcher.</summary>
    [Fact]
    public async Task A_publishers_video_reaches_everyone_who_watches()
    {
        await using ParleyProcess node = ParleyProcess.Start(_data, ["serve", "--http", "http://127.0.0.1:0", "--media-port", "0", "--announce", "127.0.0.1", "--shards", "1", "--data", _data]);
        Uri address = await node.ReadyAsync();
        string result = Path.Combine(_data, "load.json");
        await using ParleyProcess load = ParleyProcess.Start(
            _data, ["load", "--node", address.ToString(), "--publishers", "2", "--subscribers", "2", "--watched", "2", "--bitrate", "500", "--duration", "2", "--warm-up", "1", "--json", result]);
        Assert.True(await load.ExitAsync() == 0, load.Output + node.Output);
        JsonElement figures = JsonElement.Parse(await File.ReadAllTextAsync(result));
        Assert.Equal(4, figures.GetProperty("joined").GetInt32());
        Assert.Equal(0, figures.GetProperty("silentStreams").GetInt32());
        Assert.True(figures.GetProperty("delivered").GetInt64() > 0);
    }
}
