namespace Parley.Routing.Planning;

/// <summary>A node as the planner sees it.</summary>
public sealed record PlanNode
{
    /// <summary>Its id, unique in the world.</summary>
    public required string Id { get; init; }

    /// <summary>The region it is in.</summary>
    public required string Region { get; init; }

    /// <summary>How many participants of this meeting it can carry: what is free, those of this meeting not counted. Below 0 counts as 0.</summary>
    public required int Capacity { get; init; }
}
