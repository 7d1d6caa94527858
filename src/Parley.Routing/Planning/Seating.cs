namespace Parley.Routing.Planning;

/// <summary>A first placement that capacity and reach allow, near where people are: a bipartite matching by augmenting paths.</summary>
internal sealed class Seating
{
    private readonly PlanProblem _problem;
    private readonly int[] _at;
    private readonly int[] _free;
    private readonly int[] _mover;
    private readonly int[] _comesFrom;

    private Seating(PlanProblem problem)
    {
        _problem = problem;
        _at = new int[problem.People.Length];
        Array.Fill(_at, PlanProblem.None);
        _free = new int[problem.Nodes.Length];
        for (int node = 0; node < _free.Length; node++)
            _free[node] = Math.Max(0, problem.Capacity(node));
        _mover = new int[_free.Length];
        _comesFrom = new int[_free.Length];
    }

    /// <summary>Person to node; null when some cannot be placed, however the others are.</summary>
    public static int[]? Find(PlanProblem problem)
    {
        Seating seating = new(problem);
        return seating.SeatAll() ? seating._at : null;
    }

    private bool SeatAll()
    {
        for (int person = 0; person < _at.Length; person++)
        {
            int node = _problem.Current[person];
            if (node != PlanProblem.None && _free[node] > 0)
                Seat(person, node);
        }

        for (int person = 0; person < _at.Length; person++)
        {
            if (_at[person] == PlanProblem.None && !SeatNearest(person) && !MakeRoomFor(person))
                return false;
        }

        return true;
    }

    private void Seat(int person, int node)
    {
        _at[person] = node;
        _free[node]--;
    }

    private bool SeatNearest(int person)
    {
        int best = PlanProblem.None;
        double least = double.PositiveInfinity;
        for (int node = 0; node < _free.Length; node++)
        {
            if (_free[node] > 0 && _problem.Half(person, node) < least)
                (best, least) = (node, _problem.Half(person, node));
        }

        if (best == PlanProblem.None)
            return false;
        Seat(person, best);
        return true;
    }

    // Breadth first over nodes: a full node is left through any of its people who can go on.
    private bool MakeRoomFor(int person)
    {
        Array.Fill(_mover, PlanProblem.None);
        Queue<int> nodes = new();
        Reach(person, PlanProblem.None, nodes);
        while (nodes.TryDequeue(out int node))
        {
            if (_free[node] > 0)
            {
                Shift(node);
                return true;
            }

            for (int other = 0; other < _at.Length; other++)
            {
                if (_at[other] == node)
                    Reach(other, node, nodes);
            }
        }

        return false;
    }

    private void Reach(int person, int from, Queue<int> nodes)
    {
        for (int node = 0; node < _free.Length; node++)
        {
            if (_mover[node] != PlanProblem.None || !double.IsFinite(_problem.Half(person, node)))
                continue;
            _mover[node] = person;
            _comesFrom[node] = from;
            nodes.Enqueue(node);
        }
    }

    private void Shift(int node)
    {
        _free[node]--;
        for (; node != PlanProblem.None; node = _comesFrom[node])
            _at[_mover[node]] = node;
    }
}
