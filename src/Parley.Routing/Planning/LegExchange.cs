namespace Parley.Routing.Planning;

/// <summary>Takes one leg out of a relay tree and joins the two halves by the best other one.</summary>
internal sealed class LegExchange
{
    private readonly PlanProblem _problem;
    private readonly bool[] _below;
    private readonly double[] _sums;
    private readonly double[] _reaches;
    private readonly int[] _neighbours;

    public LegExchange(PlanProblem problem)
    {
        int nodes = problem.Nodes.Length;
        _problem = problem;
        _below = new bool[nodes];
        _sums = new double[nodes];
        _reaches = new double[nodes];
        _neighbours = new int[nodes];
    }

    /// <summary>Makes the first exchange found whose score is under <paramref name="limit"/>, the best one of its leg; distances are then to be measured anew.</summary>
    /// <param name="tree">The tree, measured.</param>
    /// <param name="worstWithin">The worst delay within one node, ms.</param>
    /// <param name="limit">The score to beat.</param>
    /// <param name="step">Where in the tree's order to begin; where it ended.</param>
    public bool Improve(RelayTree tree, double worstWithin, double limit, ref int step)
    {
        for (int tried = 1; tried < tree.Count; tried++)
        {
            step = step + 1 < tree.Count ? step + 1 : 1;
            int child = tree.Order[step];
            if (BestFor(tree, child, worstWithin, limit) is { } legs)
            {
                Rejoin(tree, child, legs.Below, legs.Above);
                return true;
            }
        }

        return false;
    }

    private (int Below, int Above)? BestFor(RelayTree tree, int child, double worstWithin, double limit)
    {
        (int Below, int Above)? best = null;
        (double inside, double worst, double weightBelow, double weightAbove) = Split(tree, child, worstWithin);
        for (int a = 0; a < tree.Count; a++)
        {
            for (int b = 0; _below[a] && b < tree.Count; b++)
            {
                if (_below[b])
                    continue;
                double leg = _problem.Leg(tree.Used[a], tree.Used[b]);
                double pathSum = inside + weightAbove * _sums[a] + weightBelow * _sums[b] + weightBelow * weightAbove * leg;
                double score = Math.Max(worst, _reaches[a] + leg + _reaches[b]) + pathSum / _problem.Pairs;
                if (score < limit)
                    (limit, best) = (score, (a, b));
            }
        }

        return best;
    }

    // Both halves on their own: path sums inside, their worst delay, and from each position the sum of ways to its half and the delay to the farthest person there.
    private (double Inside, double Worst, double WeightBelow, double WeightAbove) Split(RelayTree tree, int child, double worstWithin)
    {
        double inside = 0, worst = worstWithin, weightBelow = 0, weightAbove = 0;
        for (int step = 0; step < tree.Count; step++)
        {
            int position = tree.Order[step];
            _below[position] = position == child || (step > 0 && _below[tree.Parent[position]]);
            if (_below[position])
                weightBelow += tree.Weights[position];
            else
                weightAbove += tree.Weights[position];
        }

        ReadOnlySpan<bool> below = _below.AsSpan(0, tree.Count);
        ReadOnlySpan<double> weights = tree.Weights;
        ReadOnlySpan<double> farthest = tree.Farthest;
        for (int a = 0; a < below.Length; a++)
        {
            ReadOnlySpan<double> ways = tree.DistancesFrom(a);
            bool side = below[a];
            double sum = 0, others = 0;
            for (int b = 0; b < below.Length; b++)
            {
                if (below[b] != side || a == b)
                    continue;
                sum += weights[b] * ways[b];
                others = Math.Max(others, farthest[b] + ways[b]);
            }

            _sums[a] = sum;
            _reaches[a] = Math.Max(others, farthest[a]);
            worst = Math.Max(worst, farthest[a] + others);
            inside += weights[a] * sum / 2;
        }

        return (inside, worst, weightBelow, weightAbove);
    }

    // Turns the ways of the lower half round so that it hangs on its new leg, and orders positions anew.
    private void Rejoin(RelayTree tree, int cut, int below, int above)
    {
        int previous = above;
        for (int position = below; ;)
        {
            int next = tree.Parent[position];
            tree.Parent[position] = previous;
            if (position == cut)
                break;
            (previous, position) = (position, next);
        }

        int root = tree.Order[0];
        _neighbours[0] = root;
        int placed = 1;
        for (int i = 0; i < placed; i++)
        {
            for (int position = 0; position < tree.Count; position++)
            {
                if (position != root && tree.Parent[position] == _neighbours[i])
                    _neighbours[placed++] = position;
            }
        }

        _neighbours.AsSpan(0, placed).CopyTo(tree.Order);
    }
}
