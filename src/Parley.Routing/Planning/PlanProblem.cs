namespace Parley.Routing.Planning;

/// <summary>A world and a meeting as numbers: the allowed nodes only, everything ordered by id, so that the order of the input does not matter.</summary>
internal sealed class PlanProblem
{
    /// <summary>No node.</summary>
    public const int None = -1;

    private readonly DelayTable _delays;
    private readonly int[] _regionOf;
    private readonly double[] _legs;
    private readonly double[] _half;
    private readonly int _regions;

    public PlanProblem(PlanNode[] nodes, PlanParticipant[] people, int[] regionOf, int regions, DelayTable delays, double[] legs, double[] half, int[] current, double moveCost)
    {
        _delays = delays;
        Nodes = nodes;
        People = people;
        _regionOf = regionOf;
        _regions = regions;
        _legs = legs;
        _half = half;
        Current = current;
        MoveCost = moveCost;
    }

    public PlanNode[] Nodes { get; }

    public PlanParticipant[] People { get; }

    /// <summary>Person to the node they are on; <see cref="None"/> for newcomers and for those whose node is gone.</summary>
    public int[] Current { get; }

    public double MoveCost { get; }

    /// <summary>Pairs of people.</summary>
    public double Pairs => People.Length * (People.Length - 1) / 2.0;

    /// <summary>Half a person's round trip to a node, ms; infinite where they cannot reach it.</summary>
    public double Half(int person, int node) => _half[person * _regions + _regionOf[node]];

    /// <summary>Half the round trips of a person, by region.</summary>
    public ReadOnlySpan<double> Halves(int person) => _half.AsSpan(person * _regions, _regions);

    public int RegionOf(int node) => _regionOf[node];

    public int Regions => _regions;

    /// <summary>What a leg between two nodes takes, ms.</summary>
    public double Leg(int from, int to) => _legs[_regionOf[from] * _regions + _regionOf[to]];

    /// <summary>Whether what a leg between two nodes takes is, in part, an estimate.</summary>
    public bool IsLegComputed(int from, int to) => !_delays.IsMeasured(Nodes[from].Region, Nodes[to].Region);

    public int Capacity(int node) => Nodes[node].Capacity;

    /// <summary>What a person's stay on <paramref name="node"/> costs beside delay.</summary>
    public double MovePrice(int person, int node) => Current[person] == None || Current[person] == node ? 0 : MoveCost;

    public double CostOf(double worst, double pathSum, int moves) => (worst + (Pairs > 0 ? pathSum / Pairs : worst)) / 2 + moves * MoveCost;

    /// <summary>The same with everyone on <paramref name="nodes"/> now.</summary>
    public PlanProblem Settled(int[] nodes) => new(Nodes, People, _regionOf, _regions, _delays, _legs, _half, nodes, MoveCost);
}
