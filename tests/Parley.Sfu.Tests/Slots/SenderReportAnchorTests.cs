using CsCheck;
using Parley.Sfu.Slots;

namespace Parley.Sfu.Tests.Slots;

public sealed class SenderReportAnchorTests
{
    private const ulong Second = 1UL << 32;

    [Fact]
    public void The_same_instant_has_the_other_streams_timestamp()
    {
        var high = new SenderReportAnchor(1_000 * Second, 500_000);
        var low = new SenderReportAnchor((1_000 * Second) - (Second / 2), 70_000);
        Assert.True(high.TryTranslate(500_000 + 9_000, low, 90_000, out long translated));
        Assert.Equal(70_000 + 45_000 + 9_000, translated);
    }

    [Fact]
    public void Reports_far_apart_are_not_compared()
    {
        var fresh = new SenderReportAnchor(1_000 * Second, 0);
        Assert.False(fresh.TryTranslate(0, new SenderReportAnchor(900 * Second, 0), 90_000, out _));
        Assert.False(fresh.TryTranslate(0, new SenderReportAnchor(ulong.MaxValue, 0), 90_000, out _));
    }

    [Fact]
    public void Translating_there_and_back_is_the_same_but_for_rounding() =>
        Gen.Select(Gen.ULong, Gen.Long[-59L << 32, 59L << 32], Gen.Long[0, 1L << 40], Gen.Long[0, 1L << 40]).Sample((ntp, distance, here, there) =>
        {
            var left = new SenderReportAnchor(ntp, here);
            var right = new SenderReportAnchor(unchecked(ntp + (ulong)distance), there);
            Assert.True(left.TryTranslate(here + 77, right, 48_000, out long out1));
            Assert.True(right.TryTranslate(out1, left, 48_000, out long back));
            Assert.InRange(back, here + 76, here + 78);
        });
}
