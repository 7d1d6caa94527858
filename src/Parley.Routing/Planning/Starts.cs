namespace Parley.Routing.Planning;

/// <summary>Where a search begins: for each node the plan that has it as its hub, and the plan with everyone on it; and everyone near.</summary>
internal sealed class Starts(PlanProblem problem)
{
    private readonly Choice _choice = new(problem);

    /// <summary>All starts that capacity allows, into <paramref name="at"/> one after the other.</summary>
    public IEnumerable<bool> Each(int[] at)
    {
        int nodes = problem.Nodes.Length;
        double[] price = new double[nodes];
        if (_choice.Choose(price, at))
            yield return true;
        for (int hub = 0; hub < nodes; hub++)
        {
            for (int node = 0; node < nodes; node++)
                price[node] = node == hub ? 0 : problem.Leg(node, hub);
            if (_choice.Choose(price, at))
                yield return true;
            Array.Fill(price, double.PositiveInfinity);
            price[hub] = 0;
            if (_choice.Choose(price, at))
                yield return true;
        }
    }
}
