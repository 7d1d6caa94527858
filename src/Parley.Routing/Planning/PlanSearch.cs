namespace Parley.Routing.Planning;

/// <summary>Searches for the placement that costs least: from several starts, by small steps, until none helps.</summary>
internal sealed class PlanSearch
{
    private readonly PlanProblem _problem;
    private readonly Placement _trial;

    public PlanSearch(PlanProblem problem)
    {
        _problem = problem;
        _trial = new(problem);
    }

    /// <summary>The best placement found; never worse than <paramref name="seats"/>.</summary>
    public int[] Improve(int[] seats)
    {
        int[] best = seats;
        _trial.Load(seats);
        double cost = _trial.Cost;
        int[] at = new int[seats.Length];
        foreach (bool _ in new Starts(_problem).Each(at))
        {
            _trial.Load(at);
            if (_trial.Cost >= cost - 1e-9)
                continue;
            cost = _trial.Cost;
            best = [.. at];
        }

        return best;
    }
}
