namespace Parley.Routing.Planning;

/// <summary>A link of the relay tree; it carries each needed layer once, in whichever direction it is needed.</summary>
/// <param name="From">The node with the smaller id, by ordinal comparison.</param>
/// <param name="To">The other.</param>
/// <param name="Delay">One way, ms: the mean of both directions, and <see cref="PlanCost.RelayHandling"/>.</param>
public sealed record RelayLeg(string From, string To, double Delay)
{
    /// <summary>Whether the delay is, in part, estimated from distance or assumed.</summary>
    public bool IsComputed { get; init; }
}
