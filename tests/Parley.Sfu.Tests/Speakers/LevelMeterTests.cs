using Parley.Rtc.Primitives;
using Parley.Sfu.Speakers;

namespace Parley.Sfu.Tests.Speakers;

public sealed class LevelMeterTests
{
    private static MonotonicTime At(int milliseconds) => MonotonicTime.FromMilliseconds(10_000 + milliseconds);

    [Fact]
    public void It_rises_within_a_few_packets_and_falls_slower()
    {
        var meter = new LevelMeter();
        for (int i = 0; i < 4; i++)
            meter.OnLevel(27, At(i * 20));
        Assert.InRange(meter.Loudness(At(60)), 90, 100);
        for (int i = 4; i < 8; i++)
            meter.OnLevel(127, At(i * 20));
        Assert.InRange(meter.Loudness(At(140)), 40, 70);
    }

    [Fact]
    public void Without_packets_it_fades()
    {
        var meter = new LevelMeter();
        for (int i = 0; i < 10; i++)
            meter.OnLevel(27, At(i * 20));
        int loud = meter.Loudness(At(180));
        Assert.Equal(loud, meter.Loudness(At(310)));
        Assert.InRange(meter.Loudness(At(400)), 1, loud - 30);
        Assert.Equal(0, meter.Loudness(At(600)));
    }

    [Theory]
    [InlineData(-5, 127)]
    [InlineData(300, 0)]
    public void Levels_outside_the_range_are_clamped(int level, int expected)
    {
        var meter = new LevelMeter();
        for (int i = 0; i < 40; i++)
            meter.OnLevel(level, At(i * 20));
        Assert.InRange(meter.Loudness(At(780)), expected - 1, expected);
    }
}
