namespace Parley.Routing.Planning;

/// <summary>Where a search begins: everyone near; and for each node the plan that has it as its hub, and everyone on it.</summary>
internal sealed class Starts(PlanProblem problem)
{
    private readonly Choice _choice = new(problem);

    /// <summary>How many there are; some may not fit.</summary>
    public int Count => 1 + 2 * problem.Nodes.Length;

    /// <summary>Fills <paramref name="at"/>; false when places do not suffice.</summary>
    public bool Take(int start, Span<int> at)
    {
        int hub = (start - 1) / 2;
        _choice.Clear();
        if (start % 2 == 1)
        {
            _choice.Open(hub, 0);
        }
        else
        {
            for (int node = 0; node < problem.Nodes.Length; node++)
                _choice.Open(node, start == 0 || node == hub ? 0 : problem.Leg(node, hub));
        }

        return _choice.Choose(at);
    }
}
