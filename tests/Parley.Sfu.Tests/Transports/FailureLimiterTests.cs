using Parley.Rtc.Primitives;
using Parley.Sfu.Transports;
using Parley.Simulation;

namespace Parley.Sfu.Tests.Transports;

public sealed class FailureLimiterTests
{
    [Fact]
    public void A_source_is_blocked_from_its_bound_to_the_end_of_its_window()
    {
        var limiter = new FailureLimiter(new SeededEntropy(1));
        TransportAddress source = TransportAddress.FromBytes([1, 2, 3, 4], 5);
        MonotonicTime now = MonotonicTime.FromMilliseconds(500);

        for (int i = 0; i < FailureLimiter.MaximumFailures; i++)
        {
            Assert.False(limiter.IsBlocked(source, now));
            limiter.Count(source, now);
        }

        Assert.True(limiter.IsBlocked(source, now));
        Assert.False(limiter.IsBlocked(TransportAddress.FromBytes([1, 2, 3, 5], 5), now));
        Assert.False(limiter.IsBlocked(source, now + FailureLimiter.Window));
    }
}
