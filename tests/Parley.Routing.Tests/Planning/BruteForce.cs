using Parley.Routing.Planning;

namespace Parley.Routing.Tests.Planning;

/// <summary>
/// The cheapest plan of a small world, by trying all: every set of nodes, every tree over it (Prüfer sequences), every way to put people on it. Branches that already cost more than the best are
/// left, which misses nothing, since delays only add up. Shares no code with the planner but the cost's definition.
/// </summary>
public sealed class BruteForce
{
    private readonly PlanNode[] _nodes;
    private readonly PlanParticipant[] _people;
    private readonly DelayTable _delays;
    private readonly double _pairs;
    private readonly int[] _at;
    private readonly int[] _carried;
    private double[,] _ways = new double[0, 0];
    private int[] _used = [];
    private double _best;

    private BruteForce(PlannedMeeting meeting, double bound)
    {
        _nodes = [.. meeting.World.Nodes.Where(node => meeting.Request.AllowedRegions.Contains(node.Region))];
        _people = [.. meeting.Request.Participants];
        _delays = meeting.World.Delays;
        _pairs = _people.Length * (_people.Length - 1) / 2.0;
        _at = new int[_people.Length];
        _carried = new int[_nodes.Length];
        _best = bound;
    }

    /// <summary>The least cost, or <paramref name="bound"/> when nothing is below it.</summary>
    public static double LeastCost(PlannedMeeting meeting, double bound = double.PositiveInfinity)
    {
        BruteForce search = new(meeting, bound);
        for (int set = 1; set < 1 << search._nodes.Length; set++)
        {
            search._used = [.. Enumerable.Range(0, search._nodes.Length).Where(node => (set >> node & 1) != 0)];
            if (search._used.Length <= search._people.Length)
                search.TryTrees();
        }

        return search._best;
    }

    private void TryTrees()
    {
        int count = _used.Length;
        int trees = count < 3 ? 1 : (int)Math.Pow(count, count - 2);
        for (int tree = 0; tree < trees; tree++)
        {
            _ways = Ways(tree, count);
            Place(0, 0, 0, 0);
        }
    }

    // The tree with this number, as the ways between all its nodes.
    private double[,] Ways(int tree, int count)
    {
        double[,] ways = new double[count, count];
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b < count; b++)
                ways[a, b] = a == b ? 0 : double.PositiveInfinity;
        }

        foreach ((int a, int b) in Edges(tree, count))
            ways[a, b] = ways[b, a] = Leg(_nodes[_used[a]].Region, _nodes[_used[b]].Region);
        for (int over = 0; over < count; over++)
        {
            for (int a = 0; a < count; a++)
            {
                for (int b = 0; b < count; b++)
                    ways[a, b] = Math.Min(ways[a, b], ways[a, over] + ways[over, b]);
            }
        }

        return ways;
    }

    private double Leg(string from, string to) => (_delays.Between(from, to) + _delays.Between(to, from)) / 2 + PlanCost.RelayHandling;

    private static IEnumerable<(int A, int B)> Edges(int tree, int count)
    {
        int[] sequence = new int[Math.Max(0, count - 2)];
        for (int i = 0; i < sequence.Length; i++, tree /= count)
            sequence[i] = tree % count;
        int[] degree = [.. Enumerable.Range(0, count).Select(node => 1 + sequence.Count(entry => entry == node))];
        foreach (int node in sequence)
        {
            int leaf = Array.IndexOf(degree, 1);
            yield return (leaf, node);
            degree[leaf] = 0;
            degree[node]--;
        }

        if (count > 1)
            yield return (Array.IndexOf(degree, 1), Array.LastIndexOf(degree, 1));
    }

    private void Place(int person, double worst, double sum, int moves)
    {
        if (Cost(worst, sum, moves) >= _best)
            return;
        if (person == _people.Length)
        {
            if (_used.All(node => _carried[node] > 0))
                _best = Cost(worst, sum, moves);
            return;
        }

        for (int position = 0; position < _used.Length; position++)
        {
            int node = _used[position];
            if (_carried[node] >= _nodes[node].Capacity || Half(person, position) is not { } half)
                continue;
            (double farthest, double added) = (_people.Length == 1 ? half : worst, sum);
            for (int other = 0; other < person; other++)
            {
                double delay = half + Half(other, _at[other])!.Value + _ways[position, _at[other]];
                farthest = Math.Max(farthest, delay);
                added += delay;
            }

            _at[person] = position;
            _carried[node]++;
            Place(person + 1, farthest, added, moves + (_people[person].Node is { } before && before != _nodes[node].Id ? 1 : 0));
            _carried[node]--;
        }
    }

    private double? Half(int person, int position)
    {
        if (_people[person].RoundTrips.Count == 0)
            return PlanCost.UnknownRoundTrip / 2;
        return _people[person].RoundTrips.TryGetValue(_nodes[_used[position]].Region, out double roundTrip) ? roundTrip / 2 : null;
    }

    private double Cost(double worst, double sum, int moves) => PlanCost.Of(worst, _pairs > 0 ? sum / _pairs : worst, moves);
}
