using Parley.Routing.Regions;

namespace Parley.Cli.Demo;

/// <summary>The regions of the demo: seven in seven countries, two of which serve only their own, one run from another country.</summary>
internal static class DemoWorld
{
    /// <summary>The regions; the first has the front door that the demo opens with.</summary>
    public static IReadOnlyList<Region> Regions { get; } =
    [
        Make("eu-fra", "Frankfurt", "DE", 50.11, 8.68, "Example Hosting", "DE"),
        Make("eu-par", "Paris", "FR", 48.86, 2.35, "Exemple Serveurs", "FR"),
        Make("eu-ams", "Amsterdam", "NL", 52.37, 4.90, "Example Cloud", "US"),
        Make("ch-zrh", "Z\u00fcrich", "CH", 47.37, 8.54, "Beispiel Rechenzentrum", "CH") with { ServesOnly = ["CH"] },
        Make("us-iad", "Ashburn", "US", 39.04, -77.49, "Example Cloud", "US"),
        Make("ap-sin", "Singapore", "SG", 1.35, 103.82, "Example Pacific", "SG"),
        Make("in-bom", "Mumbai", "IN", 19.08, 72.88, "Udaharan Networks", "IN") with { ServesOnly = ["IN"] },
    ];

    private static Region Make(string id, string city, string country, double latitude, double longitude, string runBy, string jurisdiction) => new()
    {
        Id = id,
        Name = city,
        City = city,
        Country = country,
        Latitude = latitude,
        Longitude = longitude,
        Operator = runBy,
        OperatorCountry = jurisdiction,
    };
}
