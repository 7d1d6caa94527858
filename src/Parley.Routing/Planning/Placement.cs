namespace Parley.Routing.Planning;

/// <summary>People on nodes, the relay tree that fits them, and what that costs.</summary>
internal sealed class Placement
{
    private readonly double[] _farthest;
    private double _halves;
    private int _moves;

    public Placement(PlanProblem problem)
    {
        int nodes = problem.Nodes.Length;
        Problem = problem;
        At = new int[problem.People.Length];
        People = new int[nodes];
        Farthest = new int[nodes * 3];
        _farthest = new double[nodes];
        Tree = new(problem);
    }

    public PlanProblem Problem { get; }

    /// <summary>Person to node.</summary>
    public int[] At { get; }

    /// <summary>Node to how many it carries.</summary>
    public int[] People { get; }

    /// <summary>Node to its three farthest people, farthest first: <c>[node * 3]</c> and so on; <see cref="PlanProblem.None"/> where it has fewer.</summary>
    public int[] Farthest { get; }

    public RelayTree Tree { get; }

    /// <summary>The sum over all pairs of people of their delays, ms.</summary>
    public double PathSum { get; private set; }

    public double Worst { get; private set; }

    public double Cost { get; private set; }

    /// <summary>The delay from person to node of the <paramref name="rank"/>-th farthest (0 to 2), or minus infinity.</summary>
    public double FarthestHalf(int node, int rank)
    {
        int person = Farthest[node * 3 + rank];
        return person == PlanProblem.None ? double.NegativeInfinity : Problem.Half(person, node);
    }

    /// <summary>Takes over where people are.</summary>
    public void Load(ReadOnlySpan<int> at)
    {
        at.CopyTo(At);
        Measure();
    }

    /// <summary>The same, but gives up with false, and half measured, when the first tree grown costs more than <paramref name="limit"/>.</summary>
    public bool LoadIfNear(ReadOnlySpan<int> at, double limit)
    {
        at.CopyTo(At);
        Count();
        Sum();
        if (Cost > limit)
            return false;
        Tree.Exchange();
        Sum();
        return true;
    }

    /// <summary>Everything anew from <see cref="At"/>.</summary>
    public void Measure()
    {
        Count();
        Tree.Exchange();
        Sum();
    }

    // People, the farthest of each node, and a first tree.
    private void Count()
    {
        Array.Clear(People);
        Array.Fill(Farthest, PlanProblem.None);
        _halves = 0;
        _moves = 0;
        for (int person = 0; person < At.Length; person++)
        {
            int node = At[person];
            People[node]++;
            double half = Problem.Half(person, node);
            _halves += half;
            _moves += Problem.Current[person] != PlanProblem.None && Problem.Current[person] != node ? 1 : 0;
            Rank(person, node, half);
        }

        double worstWithin = 0;
        for (int node = 0; node < People.Length; node++)
        {
            _farthest[node] = FarthestHalf(node, 0);
            worstWithin = Math.Max(worstWithin, _farthest[node] + (At.Length == 1 ? 0 : FarthestHalf(node, 1)));
        }

        Tree.Build(People, _farthest, worstWithin);
    }

    private void Sum()
    {
        Worst = Tree.Worst;
        PathSum = Tree.PathSum + _halves * (At.Length - 1);
        Cost = Problem.CostOf(Worst, PathSum, _moves);
    }

    /// <summary>How far a person is among those of their node: 0 for the farthest, 3 when they are not among the three farthest.</summary>
    public int RankOf(int person)
    {
        int rank = Farthest.AsSpan(At[person] * 3, 3).IndexOf(person);
        return rank < 0 ? 3 : rank;
    }

    /// <summary>Moves one person; tree, delays and cost stay as they were until <see cref="Measure"/>.</summary>
    public void Move(int person, int to)
    {
        int from = At[person];
        bool wasFar = RankOf(person) < 3;
        At[person] = to;
        People[from]--;
        People[to]++;
        Rank(person, to, Problem.Half(person, to));
        if (!wasFar)
            return;
        Farthest.AsSpan(from * 3, 3).Fill(PlanProblem.None);
        for (int other = 0; other < At.Length; other++)
        {
            if (At[other] == from)
                Rank(other, from, Problem.Half(other, from));
        }
    }

    private void Rank(int person, int node, double half)
    {
        Span<int> ranks = Farthest.AsSpan(node * 3, 3);
        for (int rank = 0; rank < 3; rank++)
        {
            if (ranks[rank] != PlanProblem.None && Problem.Half(ranks[rank], node) >= half)
                continue;
            ranks[rank..2].CopyTo(ranks[(rank + 1)..]);
            ranks[rank] = person;
            return;
        }
    }
}
