namespace Parley.Routing.Planning;

/// <summary>What the planner knows of the nodes and of the network between them.</summary>
public sealed record PlanningWorld
{
    /// <summary>All nodes that run; those of forbidden regions may be among them and are passed over unread.</summary>
    public required IReadOnlyList<PlanNode> Nodes { get; init; }

    /// <summary>Delays between regions.</summary>
    public required DelayTable Delays { get; init; }

    /// <summary>Where regions are, as far as known: for participants who measured nothing.</summary>
    public IReadOnlyDictionary<string, GeoPoint> Places { get; init; } = new Dictionary<string, GeoPoint>();
}
