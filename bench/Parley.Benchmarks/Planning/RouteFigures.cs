using Parley.Routing.Planning;

namespace Parley.Benchmarks.Planning;

/// <summary>Means over many meetings under one rule.</summary>
internal sealed record RouteFigures(string Rule, double Worst, double Mean, double Cost, double Regions, double Milliseconds)
{
    public static RouteFigures Of(string rule, IReadOnlyList<RoutePlan> plans, double milliseconds) => new(
        rule,
        plans.Average(static plan => plan.WorstDelay),
        plans.Average(static plan => plan.MeanDelay),
        plans.Average(static plan => plan.Cost),
        plans.Average(static plan => plan.Relays.Count + 1),
        milliseconds);
}
