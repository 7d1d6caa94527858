using CsCheck;
using Parley.Cli.Load.Measuring;

namespace Parley.Cli.Tests.Load;

public class LatencyHistogramTests
{
    [Fact]
    public void Percentiles_are_those_of_the_sorted_delays_to_a_thirtieth() =>
        Gen.Long[0, 10_000_000].Array[1, 500].Sample(delays =>
        {
            LatencyHistogram histogram = new();
            foreach (long delay in delays)
                histogram.Add(delay);
            long[] sorted = [.. delays.Order()];
            foreach (double share in new[] { 0.5, 0.99, 1.0 })
            {
                double exact = sorted[(int)Math.Ceiling(share * sorted.Length) - 1] / 1000.0;
                Assert.InRange(histogram.Percentile(share), exact, (exact * 1.033) + 0.001);
            }
        });

    [Fact]
    public void Merging_equals_adding_all_to_one() =>
        Gen.Select(Gen.Long[0, 1_000_000].Array, Gen.Long[0, 1_000_000].Array).Sample((left, right) =>
        {
            LatencyHistogram one = Of(left), other = Of(right), both = Of([.. left, .. right]);
            one.Merge(other);
            Assert.Equal(both.Count, one.Count);
            Assert.Equal(both.Maximum, one.Maximum);
            Assert.Equal(both.Percentile(0.9), one.Percentile(0.9));
        });

    private static LatencyHistogram Of(long[] delays)
    {
        LatencyHistogram histogram = new();
        foreach (long delay in delays)
            histogram.Add(delay);
        return histogram;
    }
}
