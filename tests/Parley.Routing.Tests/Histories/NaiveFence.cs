using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Regions;

namespace Parley.Routing.Tests.Histories;

/// <summary>What fences allow, written a second time in the plainest way: the oracle.</summary>
internal static class NaiveFence
{
    public static HashSet<string> Allowed(RegionDirectory directory, IEnumerable<Geofence> fences, IEnumerable<string> countries)
    {
        Geofence[] all = [.. fences];
        string[] people = [.. countries];
        HashSet<string> allowed = [];
        foreach (Region region in directory.Regions)
        {
            if (Serves(region, people) && Array.TrueForAll(all, fence => Lets(fence, region, directory)))
                allowed.Add(region.Id);
        }

        return allowed;
    }

    public static bool Lets(Geofence fence, Region region, RegionDirectory directory)
    {
        foreach (string selector in fence.Deny ?? [])
        {
            if (Hits(selector, region, directory, unknown: true))
                return false;
        }

        if (fence.Allow is null)
            return true;
        foreach (string selector in fence.Allow)
        {
            if (Hits(selector, region, directory, unknown: false))
                return true;
        }

        return false;
    }

    private static bool Serves(Region region, string[] people)
    {
        if (region.ServesOnly is null)
            return true;
        foreach (string country in people)
        {
            if (country == "ZZ" || !region.ServesOnly.Contains(country))
                return false;
        }

        return true;
    }

    // What cannot be told is denied by a deny and not allowed by an allow.
    private static bool Hits(string selector, Region region, RegionDirectory directory, bool unknown)
    {
        string[] parts = selector.Split(':', 2);
        if (parts.Length != 2)
            return unknown;
        switch (parts[0].ToLowerInvariant())
        {
            case "region":
                return RegionIds.IsValid(parts[1]) ? parts[1] == region.Id : unknown;
            case "country":
                return Countries.IsKnown(parts[1].ToUpperInvariant()) && region.Country != "ZZ" ? string.Equals(region.Country, parts[1], StringComparison.OrdinalIgnoreCase) : unknown;
            case "operator":
                return Countries.IsKnown(parts[1].ToUpperInvariant()) && region.OperatorCountry != "ZZ" ? string.Equals(region.OperatorCountry, parts[1], StringComparison.OrdinalIgnoreCase) : unknown;
            case "group":
                CountryGroup[] groups = [.. directory.Groups.Where(group => group.Id == parts[1])];
                return groups.Length == 1 && region.Country != "ZZ" ? groups[0].Countries.Contains(region.Country) : unknown;
            default:
                return unknown;
        }
    }
}
