using System.Globalization;
using Parley.Cli.Load;

namespace Parley.Comparison;

/// <summary>The results side by side, as Markdown: medians over the rounds.</summary>
internal static class Table
{
    public static void Write(TextWriter output, IReadOnlyList<(Case Case, string Contender, LoadResult Result)> results)
    {
        output.WriteLine("| case | server | CPU a delivered packet, us | packets/s | loss | p50 ms | p99 ms | memory a peer, kB | join ms |");
        output.WriteLine("| --- | --- | --: | --: | --: | --: | --: | --: | --: |");
        foreach (var group in results.GroupBy(static row => (row.Case, row.Contender)))
        {
            LoadResult[] runs = [.. group.Select(static row => row.Result)];
            string[] cells =
            [
                group.Key.Case.Name,
                group.Key.Contender,
                Number(runs, static run => run.ServerMicrosecondsPerPacket ?? 0, "0.00"),
                Number(runs, static run => run.DeliveredPerSecond, "#,0"),
                Number(runs, static run => run.Loss, "0.000%"),
                Number(runs, static run => run.LatencyP50Ms, "0.00"),
                Number(runs, static run => run.LatencyP99Ms, "0.00"),
                Number(runs, static run => (run.ServerBytesPerPeer ?? 0) / 1e3, "0"),
                Number(runs, static run => run.JoinMedianMs, "0"),
            ];
            output.WriteLine($"| {string.Join(" | ", cells)} |");
        }

        output.WriteLine();
        foreach (var group in results.GroupBy(static row => row.Case))
        {
            double ours = Cost(group, "Parley");
            foreach (string other in group.Select(static row => row.Contender).Distinct().Where(static name => name != "Parley"))
            {
                if (ours > 0 && Cost(group, other) is > 0 and var theirs)
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Key.Name}: Parley takes {ours / theirs:0.000} of the processor time of {other} a delivered packet ({theirs / ours:0.0} times less)."));
            }
        }
    }

    private static double Cost(IEnumerable<(Case Case, string Contender, LoadResult Result)> rows, string contender) =>
        Median([.. rows.Where(row => row.Contender == contender).Select(static row => row.Result.ServerMicrosecondsPerPacket ?? 0)]);

    private static string Number(LoadResult[] runs, Func<LoadResult, double> figure, string format) =>
        Median([.. runs.Select(figure)]).ToString(format, CultureInfo.InvariantCulture);

    private static double Median(double[] figures)
    {
        if (figures.Length == 0)
            return 0;
        Array.Sort(figures);
        return figures[figures.Length / 2];
    }
}
