using Parley.Routing.Regions;

namespace Parley.Routing.Directory;

/// <summary>One version of the list of regions and nodes. What a text leaves out gets its default, also where the reader of JSON hands in null.</summary>
public sealed record RegionDirectory
{
    /// <summary>Counts versions from 1 on; a client never goes back to a lower one.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made, seconds since 1970 in UTC.</summary>
    public required long Issued { get; init; }

    /// <summary>Until when it holds, seconds since 1970 in UTC; 0: until a newer one.</summary>
    public long Expires { get; init; }

    /// <summary>All regions.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>All nodes; each is in one of <see cref="Regions"/>.</summary>
    public required IReadOnlyList<Node> Nodes { get; init; }

    /// <summary>What <c>group:</c> selectors mean.</summary>
    public IReadOnlyList<CountryGroup> Groups { get; init => field = value ?? CountryGroups.Default; } = CountryGroups.Default;

    /// <summary>Node keys that must not be believed any more, in the form of <see cref="Node.Key"/>.</summary>
    public IReadOnlyList<string> Revoked { get; init => field = value ?? []; } = [];

    /// <summary>The region with this id; null when there is none.</summary>
    public Region? FindRegion(string id) => Regions.FirstOrDefault(region => region.Id == id);

    /// <summary>The node with this id, unless its key was revoked; null when there is none.</summary>
    public Node? FindNode(string id) => Nodes.FirstOrDefault(node => node.Id == id && !Revoked.Contains(node.Key));

    /// <summary>The group with this id; null when there is none.</summary>
    public CountryGroup? FindGroup(string id) => Groups.FirstOrDefault(group => group.Id == id);

    /// <summary>The first thing wrong with it, as a sentence; null when it is sound.</summary>
    public string? FindFault() => RegionsFault() ?? NodesFault() ?? GroupsFault()
        ?? (Version < 1 ? "The version must be 1 or more." : null)
        ?? (Expires != 0 && Expires <= Issued ? "The directory expires before it is issued." : null);

    private string? RegionsFault()
    {
        HashSet<string> ids = [];
        foreach (Region region in Regions)
        {
            if (region is null)
                return "A region is missing from the list of regions.";
            if (!RegionIds.IsValid(region.Id))
                return $"'{region.Id}' is no region id.";
            if (!ids.Add(region.Id))
                return $"Region '{region.Id}' is listed twice.";
            if (region.ServesOnly is { } serves && (serves.Count == 0 || serves.Contains(Countries.Unknown)))
                return $"Region '{region.Id}' serves only countries that it does not name.";
            foreach (string country in (region.ServesOnly ?? []).Append(region.Country).Append(region.OperatorCountry))
            {
                if (country != Countries.Unknown && (country is null || !Countries.IsKnown(country)))
                    return $"Region '{region.Id}' names '{country}', which is no country.";
            }

            if (region.Latitude is < -90 or > 90 || region.Longitude is < -180 or > 180)
                return $"Region '{region.Id}' is at no place on Earth.";
        }

        return null;
    }

    private string? NodesFault()
    {
        HashSet<string> ids = [];
        HashSet<string> keys = [];
        foreach (Node node in Nodes)
        {
            if (node is null)
                return "A node is missing from the list of nodes.";
            if (!ids.Add(node.Id))
                return $"Node '{node.Id}' is listed twice.";
            if (!keys.Add(node.Key))
                return $"The key of node '{node.Id}' is also another node's.";
            if (FindRegion(node.Region) is null)
                return $"Node '{node.Id}' is in region '{node.Region}', which the directory does not list.";
        }

        return null;
    }

    private string? GroupsFault()
    {
        HashSet<string> ids = [];
        foreach (CountryGroup group in Groups)
        {
            if (group is null)
                return "A group is missing from the list of groups.";
            if (!ids.Add(group.Id))
                return $"Group '{group.Id}' is listed twice.";
            if (group.Countries.Any(static country => country is null || !Countries.IsKnown(country)))
                return $"Group '{group.Id}' names '{group.Countries.First(static country => country is null || !Countries.IsKnown(country))}', which is no country.";
        }

        return null;
    }
}
