using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.Server.Configuration;
using Parley.Server.Hosting;
using Parley.Server.Media;
using Parley.Server.Tests.Media;
using Parley.Server.Tests.Signalling;

namespace Parley.Server.Tests.Hosting;

/// <summary>A real node on free ports over a temporary data directory, with fake media.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly bool _ownsData;

    private TestNode(ParleyNode node, FakeMediaNode media, NodeOptions options, bool ownsData)
    {
        Node = node;
        Media = media;
        Options = options;
        _ownsData = ownsData;
        Http = new HttpClient { BaseAddress = node.Address };
    }

    public ParleyNode Node { get; }

    public FakeMediaNode Media { get; }

    public NodeOptions Options { get; }

    public HttpClient Http { get; }

    public static NodeOptions DefaultOptions => new()
    {
        Http = "http://127.0.0.1:0",
        MediaPort = 0,
        Data = System.IO.Directory.CreateTempSubdirectory("parley-test-").FullName,
    };

    public static Task<TestNode> StartAsync(Func<NodeOptions, NodeOptions>? change = null, Action<IServiceCollection>? replace = null) =>
        StartAsync((change ?? (options => options))(DefaultOptions), ownsData: true, replace);

    /// <summary>Starts another node over the data directory of one that was stopped.</summary>
    public static Task<TestNode> StartAgainAsync(NodeOptions options, Action<IServiceCollection>? replace = null) => StartAsync(options, ownsData: true, replace);

    public async Task<(string Id, string HostKey)> CreateMeetingAsync(string title = "Standup", string e2ee = "off")
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync("/api/v1/meetings", new { title, e2ee });
        response.EnsureSuccessStatusCode();
        JsonElement created = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (created.GetProperty("id").GetString()!, created.GetProperty("hostKey").GetString()!);
    }

    public Task<TestClient> ConnectAsync() => TestClient.ConnectAsync(Node.Address);

    public async Task<TestClient> JoinAsync(string meeting, string name, string? resume = null)
    {
        TestClient client = await ConnectAsync();
        await client.JoinAsync(meeting, name, resume);
        return client;
    }

    /// <summary>Stops the node but leaves its data directory.</summary>
    public async Task StopAsync()
    {
        Http.Dispose();
        await Node.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_ownsData)
            System.IO.Directory.Delete(Options.Data, recursive: true);
    }

    private static async Task<TestNode> StartAsync(NodeOptions options, bool ownsData, Action<IServiceCollection>? replace = null)
    {
        FakeMediaNode media = new();
        ParleyNode node = await ParleyNode.StartAsync(options, null, services => Add(services, media, replace), CancellationToken.None);
        return new TestNode(node, media, options, ownsData);
    }

    // What is added last is what everyone gets.
    private static void Add(IServiceCollection services, FakeMediaNode media, Action<IServiceCollection>? replace)
    {
        services.AddSingleton<IMediaNode>(media);
        replace?.Invoke(services);
    }
}
