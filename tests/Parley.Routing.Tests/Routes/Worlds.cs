using Parley.Routing.Directory;
using Parley.Routing.Regions;

namespace Parley.Routing.Tests.Routes;

/// <summary>Regions at real places, each with a node <c>n-REGION</c>.</summary>
internal static class Worlds
{
    public static Region Frankfurt { get; } = Place("eu-fra", "Frankfurt", "DE", 50.1, 8.7);

    public static Region Paris { get; } = Place("eu-par", "Paris", "FR", 48.9, 2.4);

    public static Region Zurich { get; } = Place("ch-zrh", "Zurich", "CH", 47.4, 8.5) with { ServesOnly = ["CH"] };

    public static Region Virginia { get; } = Place("us-iad", "Virginia", "US", 39.0, -77.5);

    public static Region Tokyo { get; } = Place("jp-tyo", "Tokyo", "JP", 35.7, 139.7);

    public static RegionDirectory Make(params Region[] regions) => new()
    {
        Version = 1,
        Issued = 1_800_000_000 - 1000,
        Regions = regions,
        Nodes = [.. regions.Select(static region => NodeIn(region.Id))],
    };

    public static Node NodeIn(string region, string? id = null) =>
        new() { Id = id ?? "n-" + region, Region = region, Key = "key-of-" + (id ?? "n-" + region), Roles = [Node.ControlRole, Node.MediaRole] };

    /// <summary>Round trips as somebody measures them next to a region: 10 ms there, 200 elsewhere.</summary>
    public static IReadOnlyDictionary<string, double> Near(RegionDirectory directory, string region) =>
        directory.Regions.ToDictionary(static each => each.Id, each => each.Id == region ? 10.0 : 200.0);

    private static Region Place(string id, string name, string country, double latitude, double longitude) => new()
    {
        Id = id,
        Name = name,
        City = name,
        Country = country,
        Latitude = latitude,
        Longitude = longitude,
        Operator = "Parley",
        OperatorCountry = country,
    };
}
