namespace Parley.Routing.Planning;

/// <summary>Tries other sets of nodes: one more, one less, one instead of another. Everyone then chooses anew among them, by mean delay or by the worst.</summary>
internal sealed class NodeStep
{
    // A trial whose first tree costs more than this many times the best is left: exchanging legs seldom wins more.
    private const double NearEnough = 1.05;
    private const double NearEnoughWhenLarge = 1.0005;

    // In large meetings a node takes the place only of those nearest to it.
    private const int Nearest = 2;

    private readonly PlanProblem _problem;
    private readonly Choice _choice;
    private readonly Placement _trial;
    private readonly PersonStep _people;
    private readonly int[] _at;
    private readonly double[] _prices;
    private Effort _effort = new(0);
    private readonly bool _settled;
    private readonly bool _thorough;

    public NodeStep(PlanProblem problem, PersonStep people, bool thorough)
    {
        _problem = problem;
        _choice = new(problem);
        _trial = new(problem);
        _people = people;
        _at = new int[problem.People.Length];
        _prices = new double[problem.Nodes.Length];
        _settled = problem.MoveCost > 0 && Array.Exists(problem.Current, static node => node != PlanProblem.None);
        _thorough = thorough;
    }

    /// <summary>Goes over all sets next to the present one and takes each that wins; true when one did.</summary>
    public bool Sweep(Placement placement, Effort effort)
    {
        _effort = effort;
        bool won = false;
        for (int node = 0; node < _problem.Nodes.Length && _effort.Left; node++)
        {
            if (placement.People[node] > 0)
                won |= Try(placement, PlanProblem.None, node);
            else if (IsRoomiest(placement, node))
                won |= TryInstead(placement, node);
        }

        return won;
    }

    private bool TryInstead(Placement placement, int opened)
    {
        bool won = Try(placement, opened, PlanProblem.None);
        for (int position = 0; placement.People[opened] == 0 && position < placement.Tree.Count && _effort.Left; position++)
        {
            if (_thorough || IsNear(placement.Tree, opened, position))
                won |= Try(placement, opened, placement.Tree.Used[position]);
        }

        return won;
    }

    private bool IsNear(RelayTree tree, int opened, int position)
    {
        int nearer = 0;
        for (int other = 0; other < tree.Count; other++)
            nearer += _problem.Leg(opened, tree.Used[other]) < _problem.Leg(opened, tree.Used[position]) ? 1 : 0;
        return nearer < Nearest;
    }

    // Of the unused nodes of a region only the roomiest is of interest, and any that people were on.
    private bool IsRoomiest(Placement placement, int node)
    {
        for (int other = 0; other < _problem.Nodes.Length; other++)
        {
            if (_problem.RegionOf(other) == _problem.RegionOf(node) && placement.People[other] == 0
                && (_problem.Capacity(other) > _problem.Capacity(node) || (_problem.Capacity(other) == _problem.Capacity(node) && other < node)))
            {
                return _settled && Array.IndexOf(_problem.Current, node) >= 0;
            }
        }

        return _problem.Capacity(node) > 0;
    }

    private bool Try(Placement placement, int opened, int closed)
    {
        if (placement.Tree.Count == 1 && opened == PlanProblem.None)
            return false;
        return TryBy(placement, opened, closed, worst: false) || TryBy(placement, opened, closed, worst: true);
    }

    private bool TryBy(Placement placement, int opened, int closed, bool worst)
    {
        RelayTree tree = placement.Tree;
        _choice.Clear();
        int hook = opened == PlanProblem.None ? 0 : Hook(tree, opened, closed);
        for (int position = 0; position < tree.Count; position++)
        {
            int node = tree.Used[position];
            _prices[node] = Price(tree, position, 0, worst);
            if (node != closed)
                _choice.Open(node, _prices[node]);
        }

        if (opened != PlanProblem.None)
            _choice.Open(opened, Price(tree, hook, _problem.Leg(opened, tree.Used[hook]), worst));
        double eager = worst ? 2 * _problem.MoveCost : _problem.MoveCost * _problem.People.Length;
        return Wins(placement, opened, closed, 0) || (_settled && Wins(placement, opened, closed, eager));
    }

    private bool Wins(Placement placement, int opened, int closed, double stayBonus)
    {
        int nodes = placement.Tree.Count;
        _effort.Spend(((long)_at.Length * (_thorough ? nodes : 3)) + (8L * nodes * nodes));
        _choice.StayBonus = stayBonus;
        placement.At.CopyTo(_at, 0);
        if (!(_thorough ? _choice.Choose(_at) : _choice.Adjust(_at, _prices, opened, closed)))
            return false;
        if (!_trial.LoadIfNear(_at, placement.Cost * (_thorough ? NearEnough : NearEnoughWhenLarge)))
            return false;
        if (_thorough)
            _people.Descend(_trial);
        if (_trial.Cost >= placement.Cost - 1e-9)
            return false;
        placement.Load(_trial.At);
        return true;
    }

    // Where a new node hangs on the tree: where its ways to everyone are shortest.
    private int Hook(RelayTree tree, int opened, int closed)
    {
        int hook = 0;
        double least = double.PositiveInfinity;
        for (int position = 0; position < tree.Count; position++)
        {
            if (tree.Used[position] == closed && tree.Count > 1)
                continue;
            double sum = _problem.Leg(opened, tree.Used[position]) * _problem.People.Length;
            for (int other = 0; other < tree.Count; other++)
                sum += tree.Distance(position, other) * tree.Weights[other];
            if (sum < least)
                (least, hook) = (sum, position);
        }

        return hook;
    }

    // The mean way to everyone from here, or the way to the farthest.
    private double Price(RelayTree tree, int position, double leg, bool worst)
    {
        double sum = 0, farthest = 0;
        for (int other = 0; other < tree.Count; other++)
        {
            double way = tree.Distance(position, other) + leg;
            sum += way * tree.Weights[other];
            farthest = Math.Max(farthest, way + tree.Farthest[other]);
        }

        return worst ? farthest : sum / Math.Max(1, _problem.People.Length - 1);
    }
}
