using CsCheck;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Tests.Primitives;

public sealed class NtpTimeTests
{
    [Fact]
    public void Ticks_are_kept()
    {
        Gen.Long[0, uint.MaxValue * TimeSpan.TicksPerSecond].Sample(ticks => NtpTime.FromTicks(ticks).ToTicks() == ticks);
        Assert.Equal(0x0000_0001_8000_0000u, NtpTime.FromTicks(15_000_000).Value);
    }

    [Fact]
    public void Compact_form_is_the_middle()
    {
        Assert.Equal(0x5678_9ABCu, new NtpTime(0x1234_5678_9ABC_DEF0).Compact);
        Assert.Equal(0x1_8000u, NtpTime.ToCompactDuration(TimeSpan.FromSeconds(1.5)));
        Assert.Equal(TimeSpan.FromSeconds(1.5), NtpTime.FromCompactDuration(0x1_8000));
        Assert.Equal(0u, NtpTime.ToCompactDuration(TimeSpan.FromSeconds(-1)));
        Assert.Equal(uint.MaxValue, NtpTime.ToCompactDuration(TimeSpan.FromDays(2)));
    }

    [Fact]
    public void Differences_cross_the_wrap_of_the_era()
    {
        NtpTime before = new(0xFFFF_FFFF_8000_0000);
        NtpTime after = new(0x0000_0000_8000_0000);
        Assert.Equal(TimeSpan.FromSeconds(1), after - before);
        Assert.Equal(TimeSpan.FromSeconds(-1), before - after);
    }

    // RFC 3550 section 6.4.1's figure 2: A = 0xb710:8000, LSR 0xb705:2000, DLSR 5.250 s, delay 6.125 s.
    [Fact]
    public void Round_trip_is_the_rfc_example()
    {
        NtpClock clock = new(0);
        long now = ((long)0xB710 * TimeSpan.TicksPerSecond) + 5_000_000;
        Assert.Equal(TimeSpan.FromSeconds(6.125), clock.RoundTrip(new(now), 0xB705_2000, 0x0005_4000));
        Assert.Null(clock.RoundTrip(new(now), 0, 0));
        Assert.Equal(TimeSpan.Zero, clock.RoundTrip(new(now), 0xB710_9000, 0));
    }

    [Fact]
    public void The_clock_is_tied_to_unix_time()
    {
        NtpClock clock = NtpClock.FromUnixTicks(MonotonicTime.FromMilliseconds(500), 10 * TimeSpan.TicksPerSecond);
        Assert.Equal(((ulong)NtpTime.UnixEpochSeconds + 10) << 32, clock.ToNtp(MonotonicTime.FromMilliseconds(500)).Value);
        Assert.Equal(((ulong)NtpTime.UnixEpochSeconds + 11) << 32, clock.ToNtp(MonotonicTime.FromMilliseconds(1500)).Value);
    }
}
