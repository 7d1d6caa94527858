using CsCheck;
using Parley.Cli.Load.Measuring;
using Parley.Cli.Load.Media;

namespace Parley.Cli.Tests.Load;

public class StreamMeterTests
{
    [Fact]
    public void Received_and_lost_are_exact_under_reordering_loss_and_duplicates() =>
        Gen.Select(Gen.Int[1, 20_000], Gen.Int[0, 1_000_000], Gen.Int[0, 50]).Sample((count, seed, lossPercent) =>
        {
            Random random = new(seed);
            List<long> arriving = [];
            for (long counter = 0; counter < count; counter++)
            {
                // The first and the last always come: what is lost outside of what was seen cannot be known.
                if (counter > 0 && counter < count - 1 && random.Next(100) < lossPercent)
                    continue;
                arriving.Add(counter);
                if (counter > 0 && random.Next(20) == 0)
                    arriving.Add(counter);
            }

            StreamMeter meter = new();
            foreach (long counter in Jumbled(arriving, random))
                meter.Add(new PacketStamp(1, counter, 0));
            Assert.Equal(arriving.Distinct().Count(), meter.Received);
            Assert.Equal(count - meter.Received, meter.Lost);
            Assert.Equal(arriving.Count - meter.Received, meter.Duplicates);
        }, iter: 30);

    private static IEnumerable<long> Jumbled(List<long> counters, Random random)
    {
        // Each packet may be overtaken by up to 100 later ones; the first stays first.
        return counters.Take(1).Concat(counters.Skip(1).Select((counter, index) => (counter, place: index + random.Next(100))).OrderBy(static item => item.place).Select(static item => item.counter));
    }
}
