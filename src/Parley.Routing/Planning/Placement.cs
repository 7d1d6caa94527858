namespace Parley.Routing.Planning;

/// <summary>People on nodes, the relay tree that fits them, and what that costs.</summary>
internal sealed class Placement
{
    private readonly double[] _farthest;

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

    /// <summary>The worst delay of two people on one node, ms.</summary>
    public double WorstWithin { get; private set; }

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

    /// <summary>Everything anew from <see cref="At"/>.</summary>
    public void Measure()
    {
        Array.Clear(People);
        Array.Fill(Farthest, PlanProblem.None);
        double halves = 0;
        int moves = 0;
        for (int person = 0; person < At.Length; person++)
        {
            int node = At[person];
            People[node]++;
            double half = Problem.Half(person, node);
            halves += half;
            moves += Problem.Current[person] != PlanProblem.None && Problem.Current[person] != node ? 1 : 0;
            Rank(person, node, half);
        }

        WorstWithin = 0;
        for (int node = 0; node < People.Length; node++)
        {
            _farthest[node] = FarthestHalf(node, 0);
            WorstWithin = Math.Max(WorstWithin, _farthest[node] + (At.Length == 1 ? 0 : FarthestHalf(node, 1)));
        }

        Tree.Build(People, _farthest, WorstWithin);
        Worst = Tree.Worst;
        PathSum = Tree.PathSum + halves * (At.Length - 1);
        Cost = Problem.CostOf(Worst, PathSum, moves);
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
