using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Tests.Tracks;

public sealed class BitrateMeterTests
{
    private static MonotonicTime At(long milliseconds) => MonotonicTime.FromMilliseconds(milliseconds);

    [Fact]
    public void A_steady_stream_has_its_bitrate()
    {
        var meter = new BitrateMeter();
        for (int i = 0; i < 300; i++)
            meter.Add(1_250, At(i * 10));
        Assert.InRange(meter.BitsPerSecond(At(2_999)), 990_000, 1_010_000);
    }

    [Fact]
    public void After_a_second_of_silence_it_is_zero()
    {
        var meter = new BitrateMeter();
        meter.Add(1_000, At(50));
        Assert.Equal(8_000, meter.BitsPerSecond(At(999)));
        Assert.Equal(0, meter.BitsPerSecond(At(1_100)));
        Assert.Equal(0, meter.BitsPerSecond(At(1_000_000_000)));
    }

    [Fact]
    public void It_counts_exactly_the_last_ten_tenths() =>
        Gen.Select(Gen.Int[0, 1_500], Gen.Int[0, 400]).Array[1, 100].Sample(packets =>
        {
            var meter = new BitrateMeter();
            long now = 0;
            var all = new List<(long At, int Bytes)>();
            foreach ((int bytes, int wait) in packets)
            {
                now += wait;
                all.Add((now, bytes));
                meter.Add(bytes, At(now));
            }

            Assert.Equal(all.Where(packet => packet.At / 100 > (now / 100) - 10).Sum(packet => packet.Bytes) * 8L, meter.BitsPerSecond(At(now)));
        });
}
