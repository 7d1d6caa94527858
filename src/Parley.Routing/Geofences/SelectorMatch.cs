using Parley.Routing.Directory;
using Parley.Routing.Regions;

namespace Parley.Routing.Geofences;

/// <summary>Holds selectors against regions.</summary>
internal static class SelectorMatch
{
    /// <summary>Whether <paramref name="selector"/> selects <paramref name="region"/>.</summary>
    public static Match Of(Selector selector, Region region, RegionDirectory directory) => selector.Kind switch
    {
        SelectorKind.Region => region.Id == selector.Value ? Match.Yes : Match.No,
        SelectorKind.Country => Country(region.Country, selector.Value),
        SelectorKind.Operator => Country(region.OperatorCountry, selector.Value),
        _ => Group(region.Country, directory.FindGroup(selector.Value)),
    };

    private static Match Country(string actual, string wanted)
    {
        if (actual == Countries.Unknown)
            return Match.Unknown;
        return actual == wanted ? Match.Yes : Match.No;
    }

    private static Match Group(string actual, CountryGroup? group)
    {
        if (group is null || actual == Countries.Unknown)
            return Match.Unknown;
        return group.Countries.Contains(actual) ? Match.Yes : Match.No;
    }
}
