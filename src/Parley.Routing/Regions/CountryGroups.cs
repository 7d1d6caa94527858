namespace Parley.Routing.Regions;

/// <summary>The groups that a directory has when its operator names no others.</summary>
public static class CountryGroups
{
    private const string AsOf = "2026-11-01";

    private const string UnionOfEurope = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

    /// <summary>The groups: of law (EU, EEA, EFTA, Schengen) and of shared intelligence (Five-Eyes and its wider circles).</summary>
    public static IReadOnlyList<CountryGroup> Default { get; } =
    [
        Make("EU", "European Union", UnionOfEurope),
        Make("EEA", "European Economic Area", UnionOfEurope + " IS LI NO"),
        Make("EFTA", "European Free Trade Association", "CH IS LI NO"),
        Make("Schengen", "Schengen Area", "AT BE BG CH CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"),
        Make("Five-Eyes", "Five Eyes", "AU CA GB NZ US"),
        Make("Nine-Eyes", "Nine Eyes", "AU CA DK FR GB NL NO NZ US"),
        Make("Fourteen-Eyes", "Fourteen Eyes", "AU BE CA DE DK ES FR GB IT NL NO NZ SE US"),
    ];

    private static CountryGroup Make(string id, string name, string countries) => new() { Id = id, Name = name, AsOf = AsOf, Countries = countries.Split(' ') };
}
