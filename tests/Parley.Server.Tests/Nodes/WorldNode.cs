using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Server.Configuration;
using Parley.Server.Hosting;
using Parley.Server.Keys;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Tests.Media;

namespace Parley.Server.Tests.Nodes;

/// <summary>One node of a <see cref="NodeWorld"/>.</summary>
internal sealed class WorldNode : IAsyncDisposable
{
    private static long s_serial = 1;
    private readonly bool _realMedia;
    private ParleyNode? _node;

    public WorldNode(NodeOptions options, bool realMedia)
    {
        Options = options;
        _realMedia = realMedia;
        Key = KeyFolder.Open(options.Data).OpenNode();
        Entry = new Node
        {
            Id = options.Region + "-1",
            Region = options.Region,
            Key = PublicKeys.Write(Key),
            Roles = [Routing.Directory.Node.ControlRole, Routing.Directory.Node.MediaRole],
            Control = options.Control,
        };
    }

    public NodeOptions Options { get; }

    public ECDsa Key { get; }

    public Node Entry { get; }

    public string Id => Entry.Id;

    public FakeMediaNode Media { get; private set; } = new();

    public ParleyNode Running => _node!;

    public IMediaNodes Links => Get<IMediaNodes>();

    public T Get<T>()
        where T : notnull => _node!.Services.GetRequiredService<T>();

    public async Task StartAsync()
    {
        Media = new FakeMediaNode();
        _node = _realMedia
            ? await ParleyNode.StartAsync(Options)
            : await ParleyNode.StartAsync(Options, null, services => services.AddSingleton<IMediaNode>(Media), CancellationToken.None);
    }

    public async Task StopAsync()
    {
        if (_node is { } node)
            await node.DisposeAsync();
        _node = null;
    }

    /// <summary>A grant or revocation that this node issues.</summary>
    public RouteGrant Grant(string meeting, WorldNode to, string[]? peers = null, ScopedGeofence[]? fences = null, bool revokes = false) => new()
    {
        Meeting = meeting,
        Node = to.Id,
        Region = to.Entry.Region,
        Peers = peers ?? [],
        Fences = fences ?? [],
        Countries = [],
        FenceDigest = FenceDigest.Of(fences ?? [], []),
        Epoch = 1,
        Serial = Interlocked.Increment(ref s_serial),
        Issuer = Id,
        Issued = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        Lifetime = 30,
        Revokes = revokes,
        Life = to.Get<GrantGate>().Life,
    };

    public string Sign(RouteGrant grant) => GrantSigner.Sign(grant, Key);

    /// <summary>Grants a meeting to a node and opens its room there.</summary>
    public async Task<IMediaRoom> OpenAsync(string meeting, WorldNode on, string[]? peers = null, ScopedGeofence[]? fences = null)
    {
        IMediaNodeLink link = Links.Find(on.Id)!;
        Assert.Null(await link.GrantAsync(Sign(Grant(meeting, on, peers, fences))));
        return await link.OpenRoomAsync(meeting);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Key.Dispose();
    }
}
