namespace Parley.Routing.Planning;

/// <summary>A participant as the planner sees them.</summary>
public sealed record PlanParticipant
{
    /// <summary>Their id, unique in the meeting.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Round trips that their client measured, region to milliseconds. A region that is missing cannot be reached (so does one whose figure is negative or not a number),
    /// unless the dictionary is empty: then distance decides, and where that is unknown all regions are equal. Figures above <see cref="PlanCost.LongestRoundTrip"/> count as that.
    /// </summary>
    public IReadOnlyDictionary<string, double> RoundTrips { get; init; } = new Dictionary<string, double>();

    /// <summary>Whether the ways to nodes are estimated, since nothing was measured.</summary>
    internal bool IsComputed => RoundTrips.Count == 0;

    /// <summary>Degrees north; used only where nothing is measured.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east; used only where nothing is measured.</summary>
    public double? Longitude { get; init; }

    /// <summary>The node they are on now; null for a newcomer.</summary>
    public string? Node { get; init; }
}
