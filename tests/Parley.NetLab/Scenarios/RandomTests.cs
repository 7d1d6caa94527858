using System.Globalization;

namespace Parley.NetLab.Scenarios;

/// <summary>Random scenarios: PARLEY_NETLAB_SEEDS says how many (5), PARLEY_NETLAB_SEED repeats one.</summary>
public class RandomTests(LabFixture labs, GapRecord record) : IClassFixture<GapRecord>
{
    public static TheoryData<int> Seeds => Number("PARLEY_NETLAB_SEED") is { } one ? [one] : [.. Enumerable.Range(1, Number("PARLEY_NETLAB_SEEDS") ?? 5)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public Task Whatever_happens_the_meeting_goes_on_inside_its_fence(int seed) => labs.RunAsync("random", async lab =>
    {
        await new RandomRun(lab, seed, record).RunAsync();
        // All seeds so far together.
        Assert.True(record.Percentile("a fence narrows", moved: true, 0.95) < 1000, "A narrowed fence cost those who moved too much.");
        foreach (string death in (string[])["a node dies", "a region dies", "a region is cut off"])
            Assert.True(record.Percentile(death, moved: true, 0.95) < 3000, $"When {death}, those who moved missed too much.");
    }, seed);

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : null;
}
