namespace Parley.Routing.Planning;

/// <summary>Where a search begins: everyone near; and for each node the plan that has it as its hub, and everyone on it.</summary>
internal sealed class Starts(PlanProblem problem)
{
    private readonly Choice _choice = new(problem);

    private readonly int[] _hubs = Hubs(problem);

    /// <summary>How many there are; some may not fit.</summary>
    public int Count => 1 + 2 * _hubs.Length;

    /// <summary>Fills <paramref name="at"/>; false when places do not suffice.</summary>
    public bool Take(int start, Span<int> at)
    {
        int hub = start == 0 ? PlanProblem.None : _hubs[(start - 1) / 2];
        _choice.Clear();
        if (start % 2 == 1)
        {
            if (problem.Capacity(hub) < at.Length)
                return false;
            _choice.Open(hub, 0);
        }
        else
        {
            for (int node = 0; node < problem.Nodes.Length; node++)
                _choice.Open(node, hub == PlanProblem.None || node == hub ? 0 : problem.Leg(node, hub));
        }

        return _choice.Choose(at);
    }

    // The roomiest node of each region.
    private static int[] Hubs(PlanProblem problem)
    {
        int[] hubs = new int[problem.Regions];
        Array.Fill(hubs, PlanProblem.None);
        for (int node = 0; node < problem.Nodes.Length; node++)
        {
            ref int hub = ref hubs[problem.RegionOf(node)];
            if (hub == PlanProblem.None || problem.Capacity(node) > problem.Capacity(hub))
                hub = node;
        }

        return hubs;
    }
}
