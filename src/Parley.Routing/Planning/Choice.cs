namespace Parley.Routing.Planning;

/// <summary>
/// Gives each person the node with the least sum of half their round trip and a price of the node, as far as there are places: where a node is full,
/// those stay who would lose most.
/// </summary>
internal sealed class Choice
{
    private readonly PlanProblem _problem;
    private readonly double[] _regrets;
    private readonly int[] _order;
    private readonly int[] _free;

    public Choice(PlanProblem problem)
    {
        _problem = problem;
        _regrets = new double[problem.People.Length];
        _order = new int[problem.People.Length];
        _free = new int[problem.Nodes.Length];
    }

    /// <summary>Fills <paramref name="at"/>; false when somebody found no place. Nodes whose price is infinite are not used.</summary>
    public bool Choose(ReadOnlySpan<double> price, Span<int> at)
    {
        ResetPlaces();
        bool crowded = false;
        for (int person = 0; person < at.Length; person++)
        {
            at[person] = Best(person, price, PlanProblem.None, out _);
            if (at[person] == PlanProblem.None)
                return false;
            crowded |= --_free[at[person]] < 0;
        }

        return !crowded || ChooseByRegret(price, at);
    }

    private void ResetPlaces()
    {
        for (int node = 0; node < _free.Length; node++)
            _free[node] = Math.Max(0, _problem.Capacity(node));
    }

    private bool ChooseByRegret(ReadOnlySpan<double> price, Span<int> at)
    {
        for (int person = 0; person < at.Length; person++)
        {
            Best(person, price, PlanProblem.None, out double least);
            Best(person, price, at[person], out double second);
            _regrets[person] = least - second;
            _order[person] = person;
        }

        Array.Sort(_regrets, _order);
        ResetPlaces();
        foreach (int person in _order)
        {
            at[person] = Best(person, price, PlanProblem.None, out _, onlyFree: true);
            if (at[person] == PlanProblem.None)
                return false;
            _free[at[person]]--;
        }

        return true;
    }

    private int Best(int person, ReadOnlySpan<double> price, int except, out double least, bool onlyFree = false)
    {
        int best = PlanProblem.None;
        least = double.PositiveInfinity;
        for (int node = 0; node < price.Length; node++)
        {
            double sum = _problem.Half(person, node) + price[node];
            if (sum < least && node != except && (!onlyFree || _free[node] > 0))
                (best, least) = (node, sum);
        }

        return best;
    }
}
