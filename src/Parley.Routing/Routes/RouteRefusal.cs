using Parley.Routing.Geofences;

namespace Parley.Routing.Routes;

/// <summary>Why somebody does not take part, or a change is not made.</summary>
public sealed record RouteRefusal
{
    /// <summary>The rule's code: one of <see cref="RouteRules"/>, or of <see cref="GeofenceFault.Rule"/>.</summary>
    public required string Rule { get; init; }

    /// <summary>Whose rule it is; null where no geofence is the reason, such as with <c>no-capacity</c>.</summary>
    public GeofenceScope? Scope { get; init; }

    /// <summary>The participant whose geofence it is, where it is one's; not for other guests' eyes.</summary>
    public string? Owner { get; init; }

    /// <summary>What stands in the way, for people.</summary>
    public required string Sentence { get; init; }

    /// <summary>The verdicts on all regions, where they help, as whoever is refused may see them.</summary>
    public IReadOnlyList<RegionVerdict> Verdicts { get; init; } = [];

    /// <summary>With <see cref="RouteRules.FenceConflict"/>: what conflicts.</summary>
    public IReadOnlyList<RouteConflict> Conflicts { get; init; } = [];
}
