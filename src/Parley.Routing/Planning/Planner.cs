namespace Parley.Routing.Planning;

/// <summary>
/// Chooses each participant's node and one relay tree for all sources, so that <see cref="PlanCost"/> is small: see "How a route is chosen" in docs/geofence.md.
/// </summary>
/// <remarks>
/// A pure function: the same input gives the same plan, in whatever order nodes and participants are listed. Regions outside the fence are passed over before anything of them is read.
/// Planning again with everyone where the plan put them changes nothing.
/// </remarks>
public static class Planner
{
    /// <summary>The best plan found; null with a <paramref name="refusal"/> when there is none inside the fence.</summary>
    /// <exception cref="ArgumentException">An id of a node or participant is listed twice, or the move cost is negative or not a number.</exception>
    public static RoutePlan? Plan(PlanningWorld world, PlanRequest request, out PlanRefusal? refusal)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(request);
        if (!double.IsFinite(request.MoveCost) || request.MoveCost < 0)
            throw new ArgumentException($"A move cannot cost {request.MoveCost} ms.", nameof(request));
        HashSet<string> keep = [.. request.Participants.Where(_ => request.MoveCost > 0).Select(static person => person.Node).OfType<string>()];
        if (PlanProblemBuilder.Build(world, request, keep, out refusal) is not { } problem)
            return null;
        if (Seating.Find(problem) is not { } seats)
        {
            refusal = new()
            {
                Rule = PlanRefusal.NoCapacity,
                Sentence = $"The nodes that the geofence allows have too few places for {problem.People.Length} participants in the regions that these can reach.",
            };
            return null;
        }

        PlanSearch search = new(problem);
        int[] found = search.Improve(seats);
        // Until planning from where the plan puts people changes nothing: each round wins at least the price of a move.
        while (problem.MoveCost > 0)
        {
            int[] again = new PlanSearch(problem.Settled(found)).Improve(found);
            if (again.AsSpan().SequenceEqual(found))
                break;
            found = again;
        }

        return PlanWriter.Write(problem, found);
    }

    /// <summary>
    /// What it would be like with everyone on the node that <paramref name="nodes"/> says, under the best relay tree found for that; null when that is not possible: a node
    /// is forbidden or unknown, out of somebody's reach or too small, or somebody is missing.
    /// </summary>
    /// <exception cref="ArgumentException">As for <see cref="Plan"/>.</exception>
    public static RoutePlan? Evaluate(PlanningWorld world, PlanRequest request, IReadOnlyDictionary<string, string> nodes)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(nodes);
        HashSet<string> used = [.. nodes.Values];
        PlanningWorld narrowed = world with { Nodes = [.. world.Nodes.Where(node => used.Contains(node.Id))] };
        if (PlanProblemBuilder.Build(narrowed, request, used, out _) is not { } problem)
            return null;
        int[] at = new int[problem.People.Length];
        int[] free = [.. problem.Nodes.Select(static node => node.Capacity)];
        for (int person = 0; person < at.Length; person++)
        {
            string? id = nodes.GetValueOrDefault(problem.People[person].Id);
            at[person] = Array.FindIndex(problem.Nodes, node => node.Id == id);
            if (at[person] < 0 || --free[at[person]] < 0 || double.IsPositiveInfinity(problem.Half(person, at[person])))
                return null;
        }

        return PlanWriter.Write(problem, at);
    }
}
