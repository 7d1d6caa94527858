using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Regions;
using Parley.Routing.Tests.Grants;
using Parley.Routing.Tests.Routes;

namespace Parley.Routing.Tests.Histories;

/// <summary>The regions, nodes, places and rules of a history.</summary>
internal sealed class HistoryWorld
{
    private static readonly Region[] All =
    [
        Worlds.Frankfurt,
        Worlds.Paris,
        Worlds.Zurich,
        Worlds.Virginia,
        Worlds.Tokyo,
        Worlds.Frankfurt with { Id = "eu-ber", Name = "Berlin", Latitude = 52.5, Longitude = 13.4, OperatorCountry = "US" },
        Worlds.Paris with { Id = "eu-mrs", Name = "Marseille", Latitude = 43.3, Longitude = 5.4, ServesOnly = ["FR", "DE"] },
    ];

    private static readonly string[] Selectors =
    [
        "region:eu-fra", "region:eu-par", "region:us-iad", "region:jp-tyo", "region:eu-ber", "country:DE", "country:FR", "country:US", "country:JP", "country:CH", "group:EU", "group:EEA", "group:Five-Eyes", "operator:US", "operator:FR",
    ];

    private static readonly string[] People = ["DE", "FR", "CH", "US", "JP", "ZZ"];

    /// <summary>Makes the world of a number.</summary>
    /// <param name="seed">The number.</param>
    /// <param name="isSigned">Whether its nodes have real keys and check real signatures.</param>
    public HistoryWorld(int seed, bool isSigned)
    {
        Random random = new(seed);
        Region[] regions = [Worlds.Frankfurt, .. All.Skip(1).OrderBy(_ => random.Next()).Take(random.Next(1, 6))];
        Directory = Worlds.Make(regions) with { Nodes = [.. regions.SelectMany(region => Nodes(region.Id, random.Next(4) == 0 ? 2 : 1))] };
        Key = isSigned ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : new FakeSignatures();
        IsSigned = isSigned ? GrantSigner.IsSigned : FakeSignatures.IsSigned;
        if (isSigned)
            Directory = Directory with { Nodes = [.. Directory.Nodes.Select(node => node.Id == Issuer ? node with { Key = GrantBench.Public(Key) } : node)] };
        Offsets = Directory.Nodes.ToDictionary(static node => node.Id, _ => (long)random.Next(0, 91));
    }

    public static string Meeting => "eu-fra-k3v";

    public static string Home => "eu-fra";

    public static string Issuer => "n-eu-fra";

    public RegionDirectory Directory { get; }

    /// <summary>The issuer's key.</summary>
    public ECDsa Key { get; }

    public Func<string, Node, bool> IsSigned { get; }

    /// <summary>How far each node's clock is ahead of the slowest, seconds.</summary>
    public IReadOnlyDictionary<string, long> Offsets { get; }

    public static string Country(int number) => People[number % People.Length];

    /// <summary>Somebody's or some scope's rule; strict ones only allow.</summary>
    public static Geofence Fence(int number, bool isStrict)
    {
        Random random = new(number);
        string[] chosen = [.. Selectors.OrderBy(_ => random.Next()).Take(random.Next(1, 3))];
        if (!isStrict)
            return new Geofence { Deny = chosen };
        return random.Next(2) == 0 ? new Geofence { Allow = ["region:eu-fra", .. chosen] } : new Geofence { Allow = ["group:EU", .. chosen], Deny = ["operator:US"] };
    }

    /// <summary>What a client measures: every region, or all but one, or nothing.</summary>
    public static Dictionary<string, double> RoundTrips(RegionDirectory directory, int number)
    {
        Random random = new(number);
        if (random.Next(4) == 0)
            return [];
        Dictionary<string, double> trips = directory.Regions.ToDictionary(static region => region.Id, _ => random.Next(5, 300) + 0.5);
        if (random.Next(3) == 0)
            trips.Remove(directory.Regions[random.Next(directory.Regions.Count)].Id);
        return trips;
    }

    /// <summary>Another version of the directory: a region withdrawn, moved to another operator, limited, or everything as at first.</summary>
    public RegionDirectory Change(RegionDirectory now, int number)
    {
        Region region = now.Regions[1 + (number / 4 % (now.Regions.Count - 1))];
        RegionDirectory next = (number % 4) switch
        {
            0 when now.Regions.Count > 2 => now with { Regions = [.. now.Regions.Where(each => each != region)], Nodes = [.. now.Nodes.Where(node => node.Region != region.Id)] },
            1 => now with { Regions = [.. now.Regions.Select(each => each == region ? each with { OperatorCountry = "US" } : each)] },
            2 => now with { Regions = [.. now.Regions.Select(each => each == region ? each with { ServesOnly = ["DE", "FR"] } : each)] },
            _ => Directory,
        };
        return next with { Version = now.Version + 1 };
    }

    private static IEnumerable<Node> Nodes(string region, int count) => Enumerable.Range(0, count).Select(number => Worlds.NodeIn(region, number == 0 ? "n-" + region : $"n-{region}-{number + 1}"));
}
