namespace Parley.Routing.Planning;

/// <summary>Gives each of a few newcomers the node that costs least while everyone else stays: whatever is found after it costs no more than that.</summary>
internal sealed class NewcomerStep(PlanProblem problem)
{
    // More of them at once depend on each other, and the search that follows is for that.
    private const int Few = 3;

    /// <summary>The seats with the newcomers on their best nodes.</summary>
    public int[] Place(int[] seats)
    {
        int[] newcomers = [.. Enumerable.Range(0, seats.Length).Where(person => problem.Current[person] == PlanProblem.None)];
        if (newcomers.Length is 0 or > Few)
            return seats;
        Placement best = new(problem);
        best.Load(seats);
        Placement trial = new(problem);
        int[] at = [.. seats];
        foreach (int newcomer in newcomers)
        {
            for (int node = 0; node < problem.Nodes.Length; node++)
            {
                if (best.People[node] >= problem.Capacity(node) || double.IsPositiveInfinity(problem.Half(newcomer, node)))
                    continue;
                best.At.CopyTo(at, 0);
                at[newcomer] = node;
                trial.Load(at);
                if (trial.Cost < best.Cost - 1e-9)
                    (best, trial) = (trial, best);
            }
        }

        return [.. best.At];
    }
}
