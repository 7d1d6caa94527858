using Parley.Routing.Geofences;

namespace Parley.Routing.Routes;

/// <summary>What a join or an edit would do.</summary>
public sealed record RoutePreview
{
    /// <summary>What the effective fence would say of each region, as whoever asks may see it.</summary>
    public required IReadOnlyList<RegionVerdict> Verdicts { get; init; }

    /// <summary>For a join: the node that the newcomer would connect to; null when refused.</summary>
    public string? Node { get; init; }

    /// <summary>Its region.</summary>
    public string? Region { get; init; }

    /// <summary>For a join: the newcomer's mean mouth-to-ear delay to the others, ms.</summary>
    public double? ExpectedDelay { get; init; }

    /// <summary>Whether anything that enters <see cref="ExpectedDelay"/> is estimated from distance or assumed.</summary>
    public bool IsComputed { get; init; }

    /// <summary>What would become of others.</summary>
    public required RouteConsequences Consequences { get; init; }

    /// <summary>Whether the host would be asked.</summary>
    public bool NeedsHost { get; init; }

    /// <summary>Why it would be refused; null when it would not.</summary>
    public RouteRefusal? Refusal { get; init; }
}
