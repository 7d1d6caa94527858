namespace Parley.Routing.Planning;

/// <summary>
/// The relay tree over the nodes in use: the best of the shortest-path trees from each node and the minimum spanning tree, then improved by exchanging single legs until no exchange helps.
/// It depends only on how many people each node carries and how far its two farthest are. All arrays are by position among the nodes in use.
/// </summary>
internal sealed class RelayTree
{
    private const double Epsilon = 1e-9;

    // With more nodes than this only the most central are tried as roots, and exchanges are few: each takes the square of the nodes for each leg.
    private const int MostRoots = 8;
    private const int CentralRoots = 3;
    private const int ManyNodesExchanges = 512;

    private readonly PlanProblem _problem;
    private readonly double[] _weight;
    private readonly double[] _farthest;
    private readonly double[] _reached;
    private readonly double[] _central;
    private readonly int[] _roots;
    private readonly int[] _bestParent;
    private readonly int[] _bestOrder;
    private readonly LegExchange _exchange;
    private double _worstWithin;
    private double _score;

    public RelayTree(PlanProblem problem)
    {
        int nodes = problem.Nodes.Length;
        _problem = problem;
        Used = new int[nodes];
        Position = new int[nodes];
        Parent = new int[nodes];
        Order = new int[nodes];
        Distances = new double[nodes * nodes];
        _weight = new double[nodes];
        _farthest = new double[nodes];
        _reached = new double[nodes];
        _central = new double[nodes];
        _roots = new int[nodes];
        _bestParent = new int[nodes];
        _bestOrder = new int[nodes];
        _exchange = new(problem);
    }

    /// <summary>How many nodes are in use.</summary>
    public int Count { get; private set; }

    /// <summary>The nodes in use, ascending.</summary>
    public int[] Used { get; }

    /// <summary>Node to position.</summary>
    public int[] Position { get; }

    /// <summary>The position each position hangs on; its own for the root.</summary>
    public int[] Parent { get; }

    /// <summary>Positions, each after its parent.</summary>
    public int[] Order { get; }

    /// <summary>What the way between two positions takes, ms: <c>[a * Count + b]</c>.</summary>
    public double[] Distances { get; }

    /// <summary>The worst delay of any two people, ms.</summary>
    public double Worst { get; private set; }

    /// <summary>The sum over all pairs of people of what their way over relays takes, ms.</summary>
    public double PathSum { get; private set; }

    /// <summary>Grows the tree for nodes with these numbers of people and these farthest people (half round trips), all by node; no tree is better than <paramref name="worstWithin"/> one node.</summary>
    public void Build(ReadOnlySpan<int> people, ReadOnlySpan<double> farthest, double worstWithin)
    {
        Count = 0;
        _worstWithin = worstWithin;
        for (int node = 0; node < people.Length; node++)
        {
            if (people[node] == 0)
                continue;
            _weight[Count] = people[node];
            _farthest[Count] = farthest[node];
            Position[node] = Count;
            Used[Count++] = node;
        }

        _score = GrowBest();
    }

    /// <summary>Exchanges legs as long as that helps; <see cref="Build"/> comes before.</summary>
    public void Exchange()
    {
        int step = 0;
        int exchanges = Count <= MostRoots ? int.MaxValue : ManyNodesExchanges / Count;
        while (Count > 2 && exchanges-- > 0 && _exchange.Improve(this, _worstWithin, _score - Epsilon, ref step))
            _score = Measure();
    }

    public double Distance(int a, int b) => Distances[a * Count + b];

    public ReadOnlySpan<double> DistancesFrom(int position) => Distances.AsSpan(position * Count, Count);

    /// <summary>Position to the number of people there.</summary>
    public ReadOnlySpan<double> Weights => _weight.AsSpan(0, Count);

    /// <summary>Position to half the round trip of the farthest person there, ms.</summary>
    public ReadOnlySpan<double> Farthest => _farthest.AsSpan(0, Count);

    private double GrowBest()
    {
        double best = double.PositiveInfinity;
        for (int position = 0; position < Count; position++)
        {
            _roots[position] = position;
            _central[position] = 0;
            for (int other = 0; Count > MostRoots && other < Count; other++)
                _central[position] += _weight[other] * _problem.Leg(Used[position], Used[other]);
        }

        if (Count > MostRoots)
            Array.Sort(_central, _roots, 0, Count);
        for (int i = 0; i < (Count > MostRoots ? CentralRoots : Count); i++)
            best = Try(_roots[i], 1, best);
        if (Count > 2)
            best = Try(0, 0, best);
        _bestParent.AsSpan(0, Count).CopyTo(Parent);
        _bestOrder.AsSpan(0, Count).CopyTo(Order);
        return Measure();
    }

    // Carries over the way from the root with carry 1 (shortest paths, Dijkstra), nothing with 0 (minimum spanning tree, Prim).
    private double Try(int root, double carry, double best)
    {
        Grow(root, carry);
        double score = Measure();
        if (score >= best - Epsilon)
            return best;
        Parent.AsSpan(0, Count).CopyTo(_bestParent);
        Order.AsSpan(0, Count).CopyTo(_bestOrder);
        return score;
    }

    private void Grow(int root, double carry)
    {
        Span<double> reached = _reached.AsSpan(0, Count);
        for (int position = 0; position < Count; position++)
        {
            Parent[position] = root;
            Order[position] = position;
            reached[position] = position == root ? -1 : _problem.Leg(Used[root], Used[position]);
        }

        for (int step = 0; step < Count; step++)
        {
            int next = step;
            for (int i = step + 1; i < Count; i++)
            {
                if (reached[Order[i]] < reached[Order[next]])
                    next = i;
            }

            (Order[step], Order[next]) = (Order[next], Order[step]);
            int settled = Order[step];
            double way = step == 0 ? 0 : reached[settled] * carry;
            for (int i = step + 1; i < Count; i++)
            {
                int other = Order[i];
                double over = way + _problem.Leg(Used[settled], Used[other]);
                if (over < reached[other])
                    (reached[other], Parent[other]) = (over, settled);
            }
        }
    }

    // Fills the distances; the score is what of the cost depends on the tree, twice.
    private double Measure()
    {
        Worst = _worstWithin;
        PathSum = 0;
        ReadOnlySpan<int> order = Order.AsSpan(0, Count);
        for (int step = 0; step < order.Length; step++)
        {
            int position = order[step];
            int parent = Parent[position];
            double leg = step == 0 ? 0 : _problem.Leg(Used[position], Used[parent]);
            Span<double> ways = Distances.AsSpan(position * Count, Count);
            ReadOnlySpan<double> parentWays = Distances.AsSpan(parent * Count, Count);
            ways[position] = 0;
            double sum = 0, farthest = double.NegativeInfinity;
            foreach (int other in order[..step])
            {
                double distance = parentWays[other] + leg;
                ways[other] = distance;
                Distances[other * Count + position] = distance;
                sum += _weight[other] * distance;
                farthest = Math.Max(farthest, _farthest[other] + distance);
            }

            Worst = Math.Max(Worst, _farthest[position] + farthest);
            PathSum += sum * _weight[position];
        }

        return Worst + (_problem.Pairs > 0 ? PathSum / _problem.Pairs : 0);
    }
}
