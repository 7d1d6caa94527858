namespace Parley.Routing.Planning;

/// <summary>Where each participant of a meeting connects, and the relays between the nodes.</summary>
public sealed record RoutePlan
{
    /// <summary>Participant to node.</summary>
    public required IReadOnlyDictionary<string, string> Nodes { get; init; }

    /// <summary>A tree over exactly the nodes in use, ordered by <see cref="RelayLeg.From"/>, then <see cref="RelayLeg.To"/>. All sources share it.</summary>
    public required IReadOnlyList<RelayLeg> Relays { get; init; }

    /// <summary>The longest mouth-to-ear delay of any two participants, ms; of somebody alone half their round trip, of nobody 0.</summary>
    public required double WorstDelay { get; init; }

    /// <summary>The mean over all pairs, ms, likewise.</summary>
    public required double MeanDelay { get; init; }

    /// <summary>Each participant's mean mouth-to-ear delay to the others, ms.</summary>
    public required IReadOnlyDictionary<string, double> ExpectedDelays { get; init; }

    /// <summary>Whether anything that enters the delays is estimated from distance or assumed: a leg in use, or somebody's way to their node.</summary>
    public required bool IsComputed { get; init; }

    /// <summary>How many people must leave the node they were on, those included whose node is gone or forbidden.</summary>
    public required int Moves { get; init; }

    /// <summary>What it costs, ms: see <see cref="PlanCost"/>.</summary>
    public required double Cost { get; init; }
}
