using System.Text.Json.Nodes;

namespace Parley.NetLab.Nodes;

/// <summary>The lab's regions and nodes: three countries, five nodes. The home is Frankfurt, whose signalling and media run apart, on three nodes.</summary>
internal static class LabWorld
{
    public const string Frankfurt = "eu-fra";
    public const string Stockholm = "eu-sto";
    public const string Ashburn = "us-iad";

    public const int HttpPort = 8080;
    public const int MediaPort = 40000;
    public const int ControlPort = 7443;

    /// <summary>One-way milliseconds between and within countries.</summary>
    public static readonly (Country One, Country Other, double Delay)[] Delays =
    [
        (Country.Germany, Country.Germany, 1), (Country.Sweden, Country.Sweden, 1), (Country.America, Country.America, 1),
        (Country.Germany, Country.Sweden, 20), (Country.Germany, Country.America, 45), (Country.Sweden, Country.America, 55),
    ];

    /// <summary>Each node with its roles.</summary>
    public static readonly (string Id, string Region, string[] Roles)[] Nodes =
    [
        ("fra-1", Frankfurt, ["control"]),
        ("fra-2", Frankfurt, ["media"]),
        ("fra-3", Frankfurt, ["media"]),
        ("sto-1", Stockholm, ["control", "media"]),
        ("iad-1", Ashburn, ["control", "media"]),
    ];

    /// <summary>A region's country.</summary>
    public static Country CountryOf(string region) => region switch
    {
        Frankfurt => Country.Germany,
        Stockholm => Country.Sweden,
        _ => Country.America,
    };

    /// <summary>The regions as a directory lists them.</summary>
    public static JsonArray Regions() =>
    [
        Region(Frankfurt, "Frankfurt", "DE", 50.11, 8.68),
        Region(Stockholm, "Stockholm", "SE", 59.33, 18.06),
        Region(Ashburn, "Ashburn", "US", 39.04, -77.49),
    ];

    private static JsonObject Region(string id, string city, string country, double latitude, double longitude) => new()
    {
        ["id"] = id,
        ["name"] = city,
        ["city"] = city,
        ["country"] = country,
        ["latitude"] = latitude,
        ["longitude"] = longitude,
        ["operator"] = "Lab",
        ["operatorCountry"] = "DE",
    };
}
