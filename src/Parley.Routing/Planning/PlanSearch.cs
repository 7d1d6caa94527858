namespace Parley.Routing.Planning;

/// <summary>Searches for the placement that costs least: from several starts, by small steps, until none helps.</summary>
internal sealed class PlanSearch
{
    // People times nodes: up to here each step is tried with a tree of its own, and more starts are taken to the end.
    private const int SmallMeeting = 100;
    private const int SmallMeetingDescents = 24;
    private const int Descents = 2;

    // A start whose first tree costs more than this many times the best is not looked at any further.
    private const double NearEnough = 2;
    private const double NearEnoughWhenLarge = 1.01;

    // Some milliseconds.
    private const long Looks = 400_000;

    private readonly PlanProblem _problem;
    private readonly PersonStep _people;
    private readonly NodeStep _nodes;
    private readonly ExactStep? _exact;
    private readonly Placement _placement;
    private readonly bool _isSmall;

    public PlanSearch(PlanProblem problem)
    {
        _isSmall = problem.People.Length * problem.Nodes.Length <= SmallMeeting;
        _problem = problem;
        _people = new(problem);
        _exact = _isSmall ? new(problem) : null;
        _nodes = new(problem, _people, _isSmall);
        _placement = new(problem);
    }

    /// <summary>The best placement found; never worse than <paramref name="seats"/>.</summary>
    public int[] Improve(int[] seats)
    {
        if (seats.Length == 0)
            return seats;
        seats = new NewcomerStep(_problem).Place(seats);
        Effort effort = new(Looks);
        (int[] best, double least) = (seats, double.PositiveInfinity);
        foreach (int[] start in BestStarts(seats))
        {
            (int[] found, double cost) = Descend(start, effort);
            if (cost < least - 1e-9)
                (best, least) = (found, cost);
        }

        return best;
    }

    private IEnumerable<int[]> BestStarts(int[] seats)
    {
        // Where most are settled, a start from nothing would move them all: that pays in small meetings only.
        if (!_isSmall && _problem.Current.Count(static node => node == PlanProblem.None) * 2 < _problem.Current.Length)
            return [seats];
        _placement.Load(seats);
        double least = _placement.Cost;
        List<(double Cost, int[] At)> all = _isSmall ? [] : [(least, seats)];
        Starts starts = new(_problem);
        int[] at = new int[_problem.People.Length];
        for (int start = 0; start < starts.Count; start++)
        {
            if (!starts.Take(start, at) || !_placement.LoadIfNear(at, least * (_isSmall ? NearEnough : NearEnoughWhenLarge)))
                continue;
            all.Add((_placement.Cost, [.. at]));
            least = Math.Min(least, _placement.Cost);
        }

        // In a small meeting the seats are taken to the end whatever they cost: for who stays where they are.
        IEnumerable<int[]> best = all.OrderBy(static start => start.Cost).Take(_isSmall ? SmallMeetingDescents : Descents).Select(static start => start.At);
        return _isSmall ? best.Prepend(seats) : best;
    }

    private (int[] At, double Cost) Descend(int[] start, Effort effort)
    {
        _placement.Load(start);
        do
        {
            _people.Descend(_placement);
        }
        while (_nodes.Sweep(_placement, effort) || (_exact?.Sweep(_placement) ?? false));
        return ([.. _placement.At], _placement.Cost);
    }
}
