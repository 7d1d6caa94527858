using System.Buffers.Text;
using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Tests.Routes;

namespace Parley.Routing.Tests.Grants;

/// <summary>A directory with real keys, and grants that are right until a test changes them.</summary>
internal sealed class GrantBench : IDisposable
{
    public const long Now = 1_800_000_000;

    private readonly Dictionary<string, ECDsa> _keys = [];

    public GrantBench()
    {
        RegionDirectory world = Worlds.Make(Worlds.Frankfurt, Worlds.Paris, Worlds.Virginia, Worlds.Frankfurt with { Id = "eu", Name = "Europe" });
        foreach (Node node in world.Nodes)
            _keys[node.Id] = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Directory = world with { Nodes = [.. world.Nodes.Select(node => node with { Key = Public(_keys[node.Id]) })] };
        Table = new GrantTable("n-eu-par", Directory);
    }

    public RegionDirectory Directory { get; }

    public GrantTable Table { get; }

    public static RouteGrant Make(Geofence? fence = null, params string[] countries)
    {
        ScopedGeofence[] fences = fence is null ? [] : [new(GeofenceScope.Meeting, fence)];
        return new RouteGrant
        {
            Meeting = "eu-fra-k3v",
            Node = "n-eu-par",
            Region = "eu-par",
            Peers = ["n-eu-fra"],
            Fences = fences,
            Countries = countries,
            FenceDigest = FenceDigest.Of(fences, countries),
            Epoch = 1,
            Serial = 10,
            Issuer = "n-eu-fra",
            Issued = Now,
            Lifetime = 30,
        };
    }

    public static string Public(ECDsa key) => Base64Url.EncodeToString(key.ExportSubjectPublicKeyInfo());

    public string Sign(RouteGrant grant, string? by = null) => GrantSigner.Sign(grant, _keys[by ?? grant.Issuer]);

    public GrantRefusal? Take(RouteGrant grant, long utc = Now, long monotonic = 0) => Table.Accept(Sign(grant), utc, monotonic, out _);

    public void Dispose()
    {
        foreach (ECDsa key in _keys.Values)
            key.Dispose();
    }
}
