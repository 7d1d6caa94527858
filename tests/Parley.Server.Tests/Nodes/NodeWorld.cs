using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Routing.Regions;
using Parley.Server.Configuration;

namespace Parley.Server.Tests.Nodes;

/// <summary>Several real nodes in one process under one operator key: a region each, with fake media unless told otherwise.</summary>
internal sealed class NodeWorld : IAsyncDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("parley-world-").FullName;
    private readonly Dictionary<string, WorldNode> _nodes = [];
    private readonly ECDsa _operator = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private long _version;

    private NodeWorld()
    {
    }

    public string DirectoryFile => Path.Combine(_folder, "directory.signed");

    public ECDsa Operator => _operator;

    public RegionDirectory Directory { get; private set; } = new() { Version = 1, Issued = 0, Regions = [], Nodes = [] };

    public IEnumerable<WorldNode> All => _nodes.Values;

    public WorldNode this[string region] => _nodes[region];

    public static async Task<NodeWorld> StartAsync(string[] regions, bool realMedia = false, Func<NodeOptions, NodeOptions>? configure = null)
    {
        NodeWorld world = new();
        string operatorFile = Path.Combine(world._folder, "operator.pub");
        await File.WriteAllTextAsync(operatorFile, world._operator.ExportSubjectPublicKeyInfoPem());
        List<Node> nodes = [];
        foreach (string region in regions)
        {
            NodeOptions options = new()
            {
                Http = "http://127.0.0.1:0",
                Control = $"127.0.0.1:{FreePort()}",
                MediaPort = 0,
                Shards = 1,
                Capacity = 50,
                Announce = ["127.0.0.1"],
                Region = region,
                Data = Path.Combine(world._folder, region),
                DirectoryFile = world.DirectoryFile,
                OperatorKeyFile = operatorFile,
            };
            world._nodes[region] = new WorldNode(configure?.Invoke(options) ?? options, realMedia);
            nodes.Add(world._nodes[region].Entry);
        }

        world.Publish(new RegionDirectory { Version = 0, Issued = 0, Regions = [.. regions.Select(Region)], Nodes = nodes });
        foreach (WorldNode node in world._nodes.Values)
            await node.StartAsync();
        return world;
    }

    public static Region Region(string id) => new() { Id = id, Name = id, Country = id.StartsWith("us", StringComparison.Ordinal) ? "US" : "DE", Operator = "test", OperatorCountry = "DE" };

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Signs a directory as the next version, and puts it where the nodes look.</summary>
    public void Publish(RegionDirectory directory)
    {
        Directory = directory with { Version = ++_version, Issued = DateTimeOffset.UtcNow.ToUnixTimeSeconds() };
        Put(DirectorySigner.Sign(Directory, _operator));
    }

    /// <summary>Puts a text where the nodes look for the directory, at once and wholly.</summary>
    public void Put(string text)
    {
        File.WriteAllText(DirectoryFile + ".new", text);
        File.Move(DirectoryFile + ".new", DirectoryFile, overwrite: true);
    }

    /// <summary>Waits until each of these nodes sees all the others alive.</summary>
    public Task MeetAsync() => Until.TrueAsync(() => _nodes.Values.All(node => node.Links.All.Count == _nodes.Count && node.Links.All.All(link => link.IsAlive && link.Statement is not null)));

    public async ValueTask DisposeAsync()
    {
        foreach (WorldNode node in _nodes.Values)
            await node.DisposeAsync();
        _operator.Dispose();
        System.IO.Directory.Delete(_folder, recursive: true);
    }
}
