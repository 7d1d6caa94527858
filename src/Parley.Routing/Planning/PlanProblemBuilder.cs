namespace Parley.Routing.Planning;

/// <summary>Reads the allowed part of a world and the meeting, and nothing else.</summary>
internal static class PlanProblemBuilder
{
    public static PlanProblem? Build(PlanningWorld world, PlanRequest request, IReadOnlySet<string> keep, out PlanRefusal? refusal)
    {
        PlanParticipant[] people = ById(request.Participants, static person => person.Id);
        PlanNode[] nodes = ChooseNodes(world, request.AllowedRegions, people.Length, keep);
        if (nodes.Length == 0)
        {
            refusal = new() { Rule = PlanRefusal.NoRegionAllowed, Sentence = "No node runs in any region that the geofence allows." };
            return null;
        }

        string[] regions = [.. nodes.Select(static node => node.Region).Distinct().Order(StringComparer.Ordinal)];
        int[] regionOf = Array.ConvertAll(nodes, node => Array.BinarySearch(regions, node.Region, StringComparer.Ordinal));
        double[] half = new double[people.Length * regions.Length];
        refusal = null;
        for (int person = 0; person < people.Length; person++)
        {
            Span<double> halves = half.AsSpan(person * regions.Length, regions.Length);
            if (!ReachedRegions.Read(people[person], regions, world.Places, halves))
            {
                refusal = new()
                {
                    Rule = PlanRefusal.OutOfReach,
                    Participant = people[person].Id,
                    Sentence = $"Participant '{people[person].Id}' reaches none of the regions that the geofence allows: {string.Join(", ", regions)}.",
                };
                return null;
            }
        }

        Dictionary<string, int> index = new(nodes.Length);
        for (int node = 0; node < nodes.Length; node++)
            index.Add(nodes[node].Id, node);
        int[] current = Array.ConvertAll(people, person => request.MoveCost > 0 && person.Node is { } id && index.TryGetValue(id, out int node) ? node : PlanProblem.None);
        for (int person = 0; person < people.Length; person++)
        {
            if (current[person] != PlanProblem.None && double.IsPositiveInfinity(half[person * regions.Length + regionOf[current[person]]]))
                current[person] = PlanProblem.None;
        }

        return new(nodes, people, regionOf, regions.Length, world.Delays, Legs(world.Delays, regions), half, current, request.MoveCost);
    }

    // Within a region nodes differ only in their places: those to keep, and then the roomiest, are all that a good plan needs.
    private static PlanNode[] ChooseNodes(PlanningWorld world, IReadOnlySet<string> allowedRegions, int people, IReadOnlySet<string> keep)
    {
        List<PlanNode> chosen = [];
        PlanNode[] allowed = ById([.. world.Nodes.Where(node => allowedRegions.Contains(node.Region))], static node => node.Id);
        foreach (IGrouping<string, PlanNode> region in allowed.GroupBy(static node => node.Region))
        {
            int places = 0;
            foreach (PlanNode node in region.OrderByDescending(static node => node.Capacity))
            {
                if (places < Math.Max(1, people) || keep.Contains(node.Id))
                    chosen.Add(node);
                places += Math.Max(0, node.Capacity);
            }
        }

        return ById(chosen, static node => node.Id);
    }

    private static T[] ById<T>(IReadOnlyCollection<T> items, Func<T, string> id)
    {
        T[] sorted = [.. items];
        Array.Sort(sorted, (a, b) => string.CompareOrdinal(id(a), id(b)));
        for (int i = 1; i < sorted.Length; i++)
        {
            if (id(sorted[i]) == id(sorted[i - 1]))
                throw new ArgumentException($"'{id(sorted[i])}' is listed twice.", nameof(items));
        }

        return sorted;
    }

    private static double[] Legs(DelayTable delays, string[] regions)
    {
        double[] legs = new double[regions.Length * regions.Length];
        for (int from = 0; from < regions.Length; from++)
        {
            for (int to = from; to < regions.Length; to++)
            {
                double oneWay = (delays.Between(regions[from], regions[to]) + delays.Between(regions[to], regions[from])) / 2;
                legs[from * regions.Length + to] = legs[to * regions.Length + from] = oneWay + PlanCost.RelayHandling;
            }
        }

        return legs;
    }
}
