using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Tests.Tracks;

public sealed class NackGeneratorPropertyTests
{
    /// <summary>Random arrivals: the list is exactly the numbers not seen, no number is asked for twice within a round trip, the deadline always moves on.</summary>
    [Fact]
    public void It_asks_for_exactly_what_is_missing_and_never_too_often() =>
        Gen.Select(Gen.Int[-8, 6], Gen.Int[0, 30]).Array[1, 150].Sample(steps =>
        {
            var nacks = new NackGenerator();
            var roundTrip = TimeSpan.FromMilliseconds(40);
            nacks.SetRoundTrip(roundTrip);
            var missing = new SortedDictionary<long, (MonotonicTime Since, MonotonicTime? Asked, int Tries)>();
            long[] buffer = new long[NackGenerator.DefaultCapacity];
            MonotonicTime now = MonotonicTime.Zero;
            long highest = 1_000;
            nacks.OnReceived(highest, now);
            foreach ((int distance, int wait) in steps)
            {
                now += TimeSpan.FromMilliseconds(wait);
                long sequence = highest + distance;
                Assert.Equal(missing.Remove(sequence), nacks.OnReceived(sequence, now));
                for (; highest < sequence; highest++)
                {
                    if (highest + 1 < sequence)
                        missing[highest + 1] = (now, null, 0);
                }

                if (nacks.NextDeadline > now)
                    continue;
                int count = nacks.TakeDue(now, buffer);
                Assert.True(nacks.NextDeadline > now);
                foreach (long gone in missing.Where(entry => IsGivenUp(entry.Value, now, roundTrip)).Select(entry => entry.Key).ToList())
                    missing.Remove(gone);
                foreach (long asked in buffer.AsSpan(0, count))
                {
                    (MonotonicTime since, MonotonicTime? last, int tries) = missing[asked];
                    Assert.True(last is null ? asked <= highest - 3 || now - since >= NackGenerator.ReorderingDelay : now - last >= roundTrip);
                    missing[asked] = (since, now, tries + 1);
                }

                Assert.Equal(missing.Count, nacks.MissingCount);
            }
        }, iter: 2_000);

    private static bool IsGivenUp((MonotonicTime Since, MonotonicTime? Asked, int Tries) entry, MonotonicTime now, TimeSpan roundTrip) =>
        entry.Asked is { } asked && now - asked >= roundTrip && (entry.Tries == NackGenerator.MaximumTries || now - entry.Since >= NackGenerator.MaximumAge);
}
