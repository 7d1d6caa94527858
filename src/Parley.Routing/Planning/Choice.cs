namespace Parley.Routing.Planning;

/// <summary>
/// Gives each person the node with the least sum of half their round trip and a price of the node, as far as there are places: where a node is full,
/// those get it who would lose most elsewhere.
/// </summary>
internal sealed class Choice
{
    private readonly PlanProblem _problem;
    private readonly double[] _regrets;
    private readonly int[] _order;
    private readonly int[] _free;
    private readonly int[] _open;
    private readonly int[] _regions;
    private readonly double[] _prices;
    private int _count;

    public Choice(PlanProblem problem)
    {
        int nodes = problem.Nodes.Length;
        _problem = problem;
        _regrets = new double[problem.People.Length];
        _order = new int[problem.People.Length];
        _free = new int[nodes];
        _open = new int[nodes];
        _regions = new int[nodes];
        _prices = new double[nodes];
    }

    /// <summary>What somebody who stays where they are saves, in the unit of prices.</summary>
    public double StayBonus { get; set; }

    /// <summary>Begins anew with no node open.</summary>
    public void Clear() => _count = 0;

    /// <summary>Opens a node at a price in ms.</summary>
    public void Open(int node, double price)
    {
        _regions[_count] = _problem.RegionOf(node);
        _open[_count] = node;
        _prices[_count++] = price;
    }

    /// <summary>Fills <paramref name="at"/>; false when somebody found no place.</summary>
    public bool Choose(Span<int> at)
    {
        ResetPlaces();
        bool crowded = false;
        for (int person = 0; person < at.Length; person++)
        {
            at[person] = Best(person, PlanProblem.None, out _);
            if (at[person] == PlanProblem.None)
                return false;
            crowded |= --_free[at[person]] < 0;
        }

        return !crowded || ChooseByRegret(at);
    }

    /// <summary>
    /// The same, beginning from <paramref name="at"/>: those on the closed node choose anew, the others only between theirs and the opened one, which must be the last that was opened;
    /// either may be <see cref="PlanProblem.None"/>. First come, first served.
    /// </summary>
    public bool Adjust(Span<int> at, ReadOnlySpan<double> priceOfNode, int opened, int closed)
    {
        ResetPlaces();
        foreach (int node in at)
            _free[node]--;
        for (int person = 0; person < at.Length; person++)
        {
            int node = at[person];
            if (node == closed)
                at[person] = BestFree(person);
            else if (opened != PlanProblem.None && _free[opened] > 0 && Sum(person, opened, _prices[_count - 1]) < Sum(person, node, priceOfNode[node]))
                at[person] = opened;
            else
                continue;
            if (at[person] == PlanProblem.None)
                return false;
            _free[at[person]]--;
            _free[node]++;
        }

        return true;
    }

    private void ResetPlaces()
    {
        for (int i = 0; i < _count; i++)
            _free[_open[i]] = Math.Max(0, _problem.Capacity(_open[i]));
    }

    private bool ChooseByRegret(Span<int> at)
    {
        for (int person = 0; person < at.Length; person++)
        {
            Best(person, PlanProblem.None, out double least);
            Best(person, at[person], out double second);
            _regrets[person] = least - second;
            _order[person] = person;
        }

        Array.Sort(_regrets, _order);
        ResetPlaces();
        foreach (int person in _order)
        {
            at[person] = BestFree(person);
            if (at[person] == PlanProblem.None)
                return false;
            _free[at[person]]--;
        }

        return true;
    }

    private int Best(int person, int except, out double least)
    {
        ReadOnlySpan<double> halves = _problem.Halves(person);
        int current = StayBonus > 0 ? _problem.Current[person] : PlanProblem.None;
        int best = PlanProblem.None;
        least = double.PositiveInfinity;
        for (int i = 0; i < _count; i++)
        {
            double sum = halves[_regions[i]] + _prices[i] - (_open[i] == current ? StayBonus : 0);
            if (sum < least && _open[i] != except)
                (best, least) = (_open[i], sum);
        }

        return best;
    }

    private int BestFree(int person)
    {
        ReadOnlySpan<double> halves = _problem.Halves(person);
        int current = StayBonus > 0 ? _problem.Current[person] : PlanProblem.None;
        int best = PlanProblem.None;
        double least = double.PositiveInfinity;
        for (int i = 0; i < _count; i++)
        {
            double sum = halves[_regions[i]] + _prices[i] - (_open[i] == current ? StayBonus : 0);
            if (sum < least && _free[_open[i]] > 0)
                (best, least) = (_open[i], sum);
        }

        return best;
    }

    private double Sum(int person, int node, double price)
    {
        double sum = _problem.Half(person, node) + price;
        return _problem.Current[person] == node ? sum - StayBonus : sum;
    }
}
