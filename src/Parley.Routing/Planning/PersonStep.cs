namespace Parley.Routing.Planning;

/// <summary>Moves single people between the nodes in use while the relay tree stays, as long as that wins. What a move changes is worked out in constant time for nearly everyone.</summary>
internal sealed class PersonStep
{
    private const double Epsilon = 1e-9;

    private readonly PlanProblem _problem;
    private readonly double[] _ways;
    private readonly double[] _reach;
    private readonly double[] _without;
    private readonly int[] _before;
    private Placement _placement = null!;
    private double _worst;

    public PersonStep(PlanProblem problem)
    {
        int nodes = problem.Nodes.Length;
        _problem = problem;
        _ways = new double[nodes];
        _reach = new double[nodes];
        _without = new double[nodes];
        _before = new int[problem.People.Length];
    }

    /// <summary>Goes over all people until nobody's move wins. The tree is found anew after each round, and should it be worse then, the round is taken back.</summary>
    public void Descend(Placement placement)
    {
        for (; ; )
        {
            double before = placement.Cost;
            placement.At.CopyTo(_before, 0);
            if (!Sweep(placement))
                return;
            placement.Measure();
            if (placement.Cost < before - Epsilon)
                continue;
            placement.Load(_before);
            return;
        }
    }

    private bool Sweep(Placement placement)
    {
        _placement = placement;
        _worst = placement.Worst;
        Prepare();
        bool moved = false;
        for (int person = 0; person < placement.At.Length; person++)
            moved |= MoveIfItWins(person);
        return moved;
    }

    private bool MoveIfItWins(int person)
    {
        RelayTree tree = _placement.Tree;
        int from = _placement.At[person];
        if (_placement.People[from] == 1)
            return false;
        int rank = _placement.RankOf(person);
        double rest = rank < 2 ? RestWithout(from, rank) : _worst;
        (double gain, int to, double worst) = (-Epsilon, PlanProblem.None, 0);
        for (int position = 0; position < tree.Count; position++)
        {
            int node = tree.Used[position];
            if (node == from || _placement.People[node] >= _problem.Capacity(node) || double.IsPositiveInfinity(_problem.Half(person, node)))
                continue;
            double worstThen = Math.Max(rest, WorstOf(person, rank, from, node));
            double change = (worstThen - _worst + PathChange(person, from, node) / _problem.Pairs) / 2 + _problem.MovePrice(person, node) - _problem.MovePrice(person, from);
            if (change < gain)
                (gain, to, worst) = (change, node, worstThen);
        }

        if (to == PlanProblem.None)
            return false;
        _placement.Move(person, to);
        _worst = worst;
        Prepare();
        return true;
    }

    // How the sum of all delays changes.
    private double PathChange(int person, int from, int to)
    {
        RelayTree tree = _placement.Tree;
        (int a, int b) = (tree.Position[from], tree.Position[to]);
        return (_problem.Half(person, to) - _problem.Half(person, from)) * (_problem.People.Length - 1) + _ways[b] - tree.Distance(a, b) - _ways[a];
    }

    // The worst delay between others when one of the two farthest leaves a node.
    private double RestWithout(int node, int rank)
    {
        int position = _placement.Tree.Position[node];
        if (double.IsNaN(_without[position]))
            _without[position] = WorstBetweenOthers(position);
        double first = _placement.FarthestHalf(node, rank == 0 ? 1 : 0);
        return Math.Max(_without[position], Math.Max(first + _reach[position], first + _placement.FarthestHalf(node, 2)));
    }

    private double WorstBetweenOthers(int without)
    {
        RelayTree tree = _placement.Tree;
        double worst = double.NegativeInfinity;
        for (int a = 0; a < tree.Count; a++)
        {
            if (a == without)
                continue;
            double first = _placement.FarthestHalf(tree.Used[a], 0);
            worst = Math.Max(worst, first + _placement.FarthestHalf(tree.Used[a], 1));
            for (int b = 0; b < a; b++)
            {
                if (b != without)
                    worst = Math.Max(worst, first + _placement.FarthestHalf(tree.Used[b], 0) + tree.Distance(a, b));
            }
        }

        return worst;
    }

    // The worst delay between this person, on a new node, and anybody.
    private double WorstOf(int person, int rank, int from, int to)
    {
        RelayTree tree = _placement.Tree;
        int position = tree.Position[to];
        double others = _reach[position];
        if (rank == 0)
        {
            others = double.NegativeInfinity;
            for (int other = 0; other < tree.Count; other++)
            {
                if (other != position)
                    others = Math.Max(others, _placement.FarthestHalf(tree.Used[other], tree.Used[other] == from ? 1 : 0) + tree.Distance(position, other));
            }
        }

        return _problem.Half(person, to) + Math.Max(others, _placement.FarthestHalf(to, 0));
    }

    private void Prepare()
    {
        RelayTree tree = _placement.Tree;
        for (int a = 0; a < tree.Count; a++)
        {
            double ways = 0, reach = double.NegativeInfinity;
            for (int b = 0; b < tree.Count; b++)
            {
                double distance = tree.Distance(a, b);
                ways += distance * _placement.People[tree.Used[b]];
                if (a != b)
                    reach = Math.Max(reach, distance + _placement.FarthestHalf(tree.Used[b], 0));
            }

            _ways[a] = ways;
            _reach[a] = reach;
            _without[a] = double.NaN;
        }
    }
}
