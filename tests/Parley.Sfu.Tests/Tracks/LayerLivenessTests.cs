using Parley.Rtc.Primitives;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Tests.Tracks;

public sealed class LayerLivenessTests
{
    private readonly LayerLiveness _liveness = new();

    private static MonotonicTime At(int milliseconds) => MonotonicTime.FromMilliseconds(milliseconds);

    private void Frames(int interval, int count)
    {
        for (int i = 0; i < count; i++)
            _liveness.OnPacket(isFrameStart: true, At(i * interval));
    }

    [Fact]
    public void A_packet_brings_it_to_life_once()
    {
        Assert.False(_liveness.IsLive);
        Assert.True(_liveness.OnPacket(true, At(0)));
        Assert.True(_liveness.IsLive);
        Assert.False(_liveness.OnPacket(false, At(1)));
        Assert.Equal(At(2_001), _liveness.NextDeadline);
    }

    [Theory]
    [InlineData(33, 500)]
    [InlineData(200, 800)]
    [InlineData(5_000, 20_000)]
    [InlineData(20_000, 30_000)]
    public void The_timeout_follows_the_frame_interval(int interval, int timeout)
    {
        Frames(interval, 10);
        int last = interval * 9;
        Assert.False(_liveness.TakeDeath(At(last + timeout - 1)));
        Assert.True(_liveness.TakeDeath(At(last + timeout)));
        Assert.False(_liveness.TakeDeath(At(last + timeout)));
        Assert.Equal(MonotonicTime.Never, _liveness.NextDeadline);
    }

    [Fact]
    public void A_screen_that_slows_down_dies_at_most_twice()
    {
        Frames(100, 20);
        int deaths = 0;
        for (int i = 1; i < 20; i++)
        {
            int now = 1_900 + (i * 5_000);
            deaths += _liveness.TakeDeath(At(now)) ? 1 : 0;
            _liveness.OnPacket(true, At(now));
        }

        Assert.InRange(deaths, 1, 2);
    }

    [Fact]
    public void Reset_forgets()
    {
        Frames(33, 10);
        _liveness.Reset();
        Assert.False(_liveness.IsLive);
        Assert.True(_liveness.OnPacket(true, At(9_000)));
        Assert.Equal(At(11_000), _liveness.NextDeadline);
    }
}
