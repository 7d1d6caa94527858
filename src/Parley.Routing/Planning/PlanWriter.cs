namespace Parley.Routing.Planning;

/// <summary>Turns numbers back into a plan.</summary>
internal static class PlanWriter
{
    public static RoutePlan Write(PlanProblem problem, int[] at)
    {
        Placement placement = new(problem);
        placement.Load(at);
        Dictionary<string, string> nodes = new(at.Length);
        int moves = 0;
        for (int person = 0; person < at.Length; person++)
        {
            PlanParticipant participant = problem.People[person];
            string node = problem.Nodes[at[person]].Id;
            nodes.Add(participant.Id, node);
            moves += participant.Node is { } before && before != node ? 1 : 0;
        }

        RelayLeg[] legs = Legs(problem, placement.Tree);
        double mean = problem.Pairs > 0 ? placement.PathSum / problem.Pairs : placement.Worst;
        return new()
        {
            Nodes = nodes,
            Relays = legs,
            WorstDelay = placement.Worst,
            MeanDelay = mean,
            ExpectedDelays = Expected(problem, placement),
            IsComputed = legs.Any(static leg => leg.IsComputed) || problem.People.Any(static person => person.IsComputed),
            Moves = moves,
            Cost = PlanCost.Of(placement.Worst, mean, moves, problem.MoveCost),
        };
    }

    private static RelayLeg[] Legs(PlanProblem problem, RelayTree tree)
    {
        List<RelayLeg> legs = [];
        for (int step = 1; step < tree.Count; step++)
        {
            int child = tree.Used[tree.Order[step]];
            int parent = tree.Used[tree.Parent[tree.Order[step]]];
            legs.Add(new(problem.Nodes[Math.Min(child, parent)].Id, problem.Nodes[Math.Max(child, parent)].Id, problem.Leg(child, parent)) { IsComputed = problem.IsLegComputed(child, parent) });
        }

        return [.. legs.OrderBy(static leg => leg.From, StringComparer.Ordinal).ThenBy(static leg => leg.To, StringComparer.Ordinal)];
    }

    private static Dictionary<string, double> Expected(PlanProblem problem, Placement placement)
    {
        RelayTree tree = placement.Tree;
        double halves = 0;
        for (int person = 0; person < placement.At.Length; person++)
            halves += problem.Half(person, placement.At[person]);
        double[] ways = new double[tree.Count];
        for (int from = 0; from < tree.Count; from++)
        {
            for (int to = 0; to < tree.Count; to++)
                ways[from] += tree.Distance(from, to) * tree.Weights[to];
        }

        int others = placement.At.Length - 1;
        Dictionary<string, double> expected = new(placement.At.Length);
        for (int person = 0; person < placement.At.Length; person++)
        {
            int node = placement.At[person];
            double half = problem.Half(person, node);
            expected.Add(problem.People[person].Id, others == 0 ? half : half + (halves - half + ways[tree.Position[node]]) / others);
        }

        return expected;
    }
}
