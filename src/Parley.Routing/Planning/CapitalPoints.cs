using System.Collections.Frozen;

namespace Parley.Routing.Planning;

/// <summary>Where a country's capital (or, where most people live elsewhere, its largest city) is, to a tenth of a degree: a person of whom only the country is known is planned as if there.</summary>
public static class CapitalPoints
{
    private static readonly FrozenDictionary<string, GeoPoint> Points = new Dictionary<string, GeoPoint>
    {
        ["AE"] = new(25.2, 55.3),
        ["AR"] = new(-34.6, -58.4),
        ["AT"] = new(48.2, 16.4),
        ["AU"] = new(-33.9, 151.2),
        ["BE"] = new(50.8, 4.4),
        ["BR"] = new(-23.5, -46.6),
        ["CA"] = new(43.7, -79.4),
        ["CH"] = new(47.4, 8.5),
        ["CL"] = new(-33.5, -70.7),
        ["CN"] = new(39.9, 116.4),
        ["CZ"] = new(50.1, 14.4),
        ["DE"] = new(52.5, 13.4),
        ["DK"] = new(55.7, 12.6),
        ["EE"] = new(59.4, 24.8),
        ["EG"] = new(30.0, 31.2),
        ["ES"] = new(40.4, -3.7),
        ["FI"] = new(60.2, 24.9),
        ["FR"] = new(48.9, 2.4),
        ["GB"] = new(51.5, -0.1),
        ["GR"] = new(38.0, 23.7),
        ["ID"] = new(-6.2, 106.8),
        ["IE"] = new(53.3, -6.3),
        ["IL"] = new(32.1, 34.8),
        ["IN"] = new(28.6, 77.2),
        ["IT"] = new(41.9, 12.5),
        ["JP"] = new(35.7, 139.7),
        ["KE"] = new(-1.3, 36.8),
        ["KR"] = new(37.6, 127.0),
        ["MX"] = new(19.4, -99.1),
        ["NG"] = new(6.5, 3.4),
        ["NL"] = new(52.4, 4.9),
        ["NO"] = new(59.9, 10.8),
        ["NZ"] = new(-36.8, 174.8),
        ["PL"] = new(52.2, 21.0),
        ["PT"] = new(38.7, -9.1),
        ["SE"] = new(59.3, 18.1),
        ["SG"] = new(1.3, 103.8),
        ["TR"] = new(41.0, 29.0),
        ["UA"] = new(50.5, 30.5),
        ["US"] = new(40.7, -74.0),
        ["ZA"] = new(-26.2, 28.0),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The countries that have a point, in the order of their codes.</summary>
    public static IReadOnlyList<string> Countries { get; } = [.. Points.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A country's point; null when it has none.</summary>
    public static GeoPoint? Of(string country) => Points.TryGetValue(country, out GeoPoint point) ? point : null;
}
