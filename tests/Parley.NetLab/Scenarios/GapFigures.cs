namespace Parley.NetLab.Scenarios;

/// <summary>The figures of a change: what those who moved missed, and that the others missed nothing.</summary>
internal static class GapFigures
{
    /// <summary>What somebody who does not move may miss: some frames, on a machine whose few cores carry all of the lab.</summary>
    public const double Unconcerned = 500;

    /// <summary>The value below which that share of the values lies.</summary>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }

    /// <summary>Prints the figures and holds them against their limits, ms.</summary>
    public static void Check(string what, List<Gap> gaps, long since, double limit)
    {
        List<Gap> moved = [.. gaps.Where(gap => gap.IsOfMoved(since))], others = [.. gaps.Except(moved)];
        double[] missed = [.. moved.Select(static gap => gap.Milliseconds)];
        double still = others.Count == 0 ? 0 : others.Max(static gap => gap.Milliseconds);
        Lab.Say($"{what}: {missed.Length} pictures of or for those who moved, missed p50 {Percentile(missed, 0.5):0} ms, p95 {Percentile(missed, 0.95):0} ms, most {Percentile(missed, 1):0} ms; {others.Count} others, most {still:0} ms.");
        Assert.True(Percentile(missed, 0.95) < limit, $"{what}: those who moved missed too much: {string.Join(", ", moved)}");
        Assert.True(still < Unconcerned, $"{what}: others missed something: {string.Join(", ", others)}");
    }
}
