using Parley.Server.Hosting;

namespace Parley.Server.Tests.Hosting;

public class UnhurriedTimeTests
{
    private static readonly TimeSpan _never = Timeout.InfiniteTimeSpan;

    [Theory]
    [InlineData(1.0, 10.0, 2.0)]
    [InlineData(1.0, 10.5, 1.5)]
    [InlineData(0.95, 11.5, 2.5)]
    [InlineData(30.0, 11.0, 31.0)]
    [InlineData(0.5, 11.0, 0.5)]
    [InlineData(0.0, 11.0, 0.0)]
    public void A_single_wait_ends_on_the_grid_unless_it_is_short(double due, double now, double expected) =>
        Assert.Equal(
            (TimeSpan.FromSeconds(expected), _never),
            UnhurriedTime.Round(TimeSpan.FromSeconds(due), _never, TimeSpan.FromSeconds(now)));

    [Fact]
    public void What_comes_back_does_so_on_the_grid() =>
        Assert.Equal(
            (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)),
            UnhurriedTime.Round(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(11)));

    [Fact]
    public void A_timer_that_is_off_stays_off() => Assert.Equal((_never, _never), UnhurriedTime.Round(_never, _never, TimeSpan.FromSeconds(11)));

    [Fact]
    public async Task Timers_fire()
    {
        TaskCompletionSource fired = new();
        await using ITimer timer = new UnhurriedTime().CreateTimer(_ => fired.TrySetResult(), null, TimeSpan.FromMilliseconds(1), _never);
        await fired.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
