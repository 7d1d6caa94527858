namespace Parley.Routing.Tests.Histories;

/// <summary>A thousand meetings lose regions: none goes on without an allowed one, none ends while there is one, and how long it takes until all is well is printed.</summary>
public class RegionFailureTests(ITestOutputHelper output)
{
    private const int Failures = 1_000;

    /// <summary>Between nodes control messages run over TCP: late, not lost. With loss, 12 % of them never arrive, 15 % arrive again much later, and 5 % take up to 4.9 s.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void No_meeting_without_an_allowed_region_continues_and_none_with_one_ends(int weather)
    {
        FailureOutcome[] outcomes = new FailureOutcome[Failures];
        Parallel.For(0, Failures, number => outcomes[number] = FailureRun.Of(number, weather));
        string[] wrong = [.. outcomes.Index().Where(static each => each.Item.Failure is not null).Select(static each => $"{each.Index}: {each.Item}")];
        Assert.True(wrong.Length == 0, $"{wrong.Length} went wrong:\n{string.Join('\n', wrong.Take(20))}\n{Explain(outcomes, weather)}");

        output.WriteLine("| failure | meetings | without a region left | people hit | until they are back, p50 | p95 | p99 | until the meeting is whole, p50 | p95 | p99 |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (IGrouping<RegionFailure, FailureOutcome> kind in outcomes.GroupBy(static outcome => outcome.Kind))
            Write(kind.Key.ToString(), [.. kind]);
        Write("all", outcomes);

        // Both outcomes must have been seen often, or nothing was shown.
        Assert.InRange(outcomes.Count(static outcome => outcome is { HadRegion: false, Ended: > 0 }), 20, Failures);
        Assert.InRange(outcomes.Count(static outcome => outcome is { HadRegion: true, Hit: > 0, Ended: 0 }), 400, Failures);
        Assert.InRange(Percentile([.. outcomes.SelectMany(static outcome => outcome.Gaps)], 0.95), 0, 4_000);
    }

    private static string Explain(FailureOutcome[] outcomes, int weather) =>
        Array.FindIndex(outcomes, static outcome => outcome.Failure is not null) is >= 0 and int first ? FailureRun.Explain(first, weather) : "";

    private void Write(string name, FailureOutcome[] outcomes)
    {
        long[] back = [.. outcomes.SelectMany(static outcome => outcome.Gaps).Order()];
        long[] whole = [.. outcomes.Where(static outcome => outcome.Hit > 0 && outcome.Recovered is not null).Select(static outcome => outcome.Recovered!.Value).Order()];
        output.WriteLine($"| {name} | {outcomes.Length} | {outcomes.Count(static outcome => !outcome.HadRegion)} | {outcomes.Sum(static outcome => outcome.Hit)} | {Row(back)} | {Row(whole)} |");
    }

    private static string Row(long[] sorted) => string.Join(" | ", new[] { 0.5, 0.95, 0.99 }.Select(share => $"{Percentile(sorted, share) / 1000.0:0.00} s"));

    private static long Percentile(long[] values, double share)
    {
        long[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }
}
