using Parley.Rtc.Primitives;

namespace Parley.Rtc.Tests.Primitives;

public sealed class MonotonicTimeTests
{
    [Theory]
    [InlineData(1234, 100, 1200)]
    [InlineData(1200, 100, 1200)]
    [InlineData(99, 100, 0)]
    public void Rounds_down_to_a_grid(long milliseconds, int grid, long expected) =>
        Assert.Equal(MonotonicTime.FromMilliseconds(expected), MonotonicTime.FromMilliseconds(milliseconds).RoundDown(TimeSpan.FromMilliseconds(grid)));

    [Fact]
    public void Never_stays_never_on_every_grid() => Assert.Equal(MonotonicTime.Never, MonotonicTime.Never.RoundDown(TimeSpan.FromSeconds(7)));
}
