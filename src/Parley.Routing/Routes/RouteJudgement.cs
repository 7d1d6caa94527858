using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>What a join or an edit would do.</summary>
internal sealed record RouteJudgement
{
    public required RouteFence Fence { get; init; }

    public RoutePlan? Plan { get; init; }

    public RouteConsequences Consequences { get; init; } = RouteConsequences.None;

    /// <summary>Whether fewer regions would be allowed.</summary>
    public bool Tightens { get; init; }

    /// <summary>Whether it costs others so much that the host must agree.</summary>
    public bool NeedsHost { get; init; }

    public RouteRefusal? Refusal { get; init; }
}
