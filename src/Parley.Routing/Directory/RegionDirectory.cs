using Parley.Routing.Regions;

namespace Parley.Routing.Directory;

/// <summary>One version of the list of regions and nodes.</summary>
public sealed record RegionDirectory
{
    /// <summary>Counts versions from 1 on; a client never goes back to a lower one.</summary>
    public required long Version { get; init; }

    /// <summary>When it was made, seconds since 1970 in UTC.</summary>
    public required long Issued { get; init; }

    /// <summary>All regions.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    /// <summary>All nodes; each is in one of <see cref="Regions"/>.</summary>
    public required IReadOnlyList<Node> Nodes { get; init; }

    /// <summary>The first thing wrong with it, as a sentence; null when it is sound.</summary>
    public string? FindFault()
    {
        HashSet<string> regions = [];
        foreach (Region region in Regions)
        {
            if (!RegionIds.IsValid(region.Id))
                return $"'{region.Id}' is no region id.";
            if (!regions.Add(region.Id))
                return $"Region '{region.Id}' is listed twice.";
        }

        HashSet<string> nodes = [];
        foreach (Node node in Nodes)
        {
            if (!nodes.Add(node.Id))
                return $"Node '{node.Id}' is listed twice.";
            if (!regions.Contains(node.Region))
                return $"Node '{node.Id}' is in region '{node.Region}', which the directory does not list.";
        }

        return Version < 1 ? "The version must be 1 or more." : null;
    }
}
