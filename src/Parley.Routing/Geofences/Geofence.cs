using Parley.Routing.Directory;

namespace Parley.Routing.Geofences;

/// <summary>What one scope allows. A region is inside when a selector of <see cref="Allow"/> selects it (or there is no such list) and none of <see cref="Deny"/> does.</summary>
public sealed record Geofence
{
    /// <summary>The code of the fault that a selector names what the directory does not know.</summary>
    public const string UnknownSelector = "selector-unknown";

    /// <summary>The most selectors in one geofence.</summary>
    public const int MaximumSelectors = 64;

    /// <summary>A geofence that limits nothing.</summary>
    public static Geofence Open { get; } = new();

    /// <summary>What is allowed; null: everything. An empty list is a fault, since it would allow nothing.</summary>
    public IReadOnlyList<string>? Allow { get; init; }

    /// <summary>What is denied; null: nothing.</summary>
    public IReadOnlyList<string>? Deny { get; init; }

    /// <summary>Whether it limits anything.</summary>
    public bool IsOpen => Allow is null && (Deny is null || Deny.Count == 0);

    /// <summary>The first thing wrong with it, as a rule's code and a sentence; null when it is sound. Names that the directory does not know are faults here, so that nobody relies on a misspelt rule.</summary>
    public GeofenceFault? FindFault(RegionDirectory directory)
    {
        if (Allow is { Count: 0 })
            return new GeofenceFault("geofence-empty", "An empty list of what is allowed would allow nothing. Leave it out, or name what is allowed.");
        if ((Allow?.Count ?? 0) + (Deny?.Count ?? 0) > MaximumSelectors)
            return new GeofenceFault("geofence-too-long", $"A geofence has at most {MaximumSelectors} selectors.");
        HashSet<Selector> allowed = [];
        foreach (string text in Allow ?? [])
        {
            if (Read(text, directory, out Selector selector) is { } fault)
                return fault;
            allowed.Add(selector);
        }

        foreach (string text in Deny ?? [])
        {
            if (Read(text, directory, out Selector selector) is { } fault)
                return fault;
            if (allowed.Contains(selector))
                return new GeofenceFault("geofence-contradictory", $"'{selector}' is both allowed and denied.");
        }

        return null;
    }

    private static GeofenceFault? Read(string text, RegionDirectory directory, out Selector selector)
    {
        if (!Selector.TryParse(text, out selector, out string? fault))
            return new GeofenceFault("selector-invalid", fault!);
        string value = selector.Value;
        return selector.Kind switch
        {
            SelectorKind.Region when !directory.Regions.Any(region => region.Id == value) =>
                new GeofenceFault(UnknownSelector, $"'{selector}': the directory knows no such region."),
            SelectorKind.Group when directory.FindGroup(value) is null =>
                new GeofenceFault(UnknownSelector, $"'{selector}': the directory knows no such group of countries. It knows {string.Join(", ", directory.Groups.Select(static group => group.Id))}."),
            _ => null,
        };
    }
}
