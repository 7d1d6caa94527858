using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Slots;

namespace Parley.Sfu.Tests.Slots;

public sealed class TimestampMungerTests
{
    private const int Clock = 90_000;
    private static readonly MonotonicTime Start = MonotonicTime.FromMilliseconds(5_000);
    private readonly TimestampMunger _munger = new(Clock, start: 10_000);

    private TimestampReservation SwitchTo(long source, long? reference, MonotonicTime now)
    {
        TimestampReservation reservation = _munger.ReserveSwitch(source, reference, now);
        _munger.Commit(reservation, now);
        return reservation;
    }

    private static MonotonicTime After(int milliseconds) => Start + TimeSpan.FromMilliseconds(milliseconds);

    [Fact]
    public void The_first_packet_begins_at_the_start()
    {
        Assert.Equal(new TimestampReservation(10_000, 9_000, TimestampOrigin.Start), SwitchTo(1_000, 77, Start));
        Assert.Equal(13_000, _munger.Reserve(4_000).Outgoing);
    }

    [Theory]
    [InlineData(9_000, TimestampOrigin.Reference, 19_000)]
    [InlineData(9_000 + 45_000, TimestampOrigin.Reference, 64_000)]
    [InlineData(9_000 + 45_001, TimestampOrigin.Expected, 19_000)]
    public void A_reference_near_the_expected_timestamp_is_taken(long sinceStart, TimestampOrigin origin, long outgoing)
    {
        SwitchTo(1_000, null, Start);
        TimestampReservation reservation = SwitchTo(900_000, 1_000 + sinceStart, After(100));
        Assert.Equal((origin, outgoing), (reservation.Origin, reservation.Outgoing));
        Assert.Equal(outgoing + 3_000, _munger.Reserve(903_000).Outgoing);
    }

    [Theory]
    [InlineData(180_000 - 90_000, TimestampOrigin.Reference, 100_000)]
    [InlineData(180_000 - 90_001, TimestampOrigin.Expected, 190_000)]
    public void A_reference_may_lie_a_second_behind(long sinceStart, TimestampOrigin origin, long outgoing)
    {
        SwitchTo(1_000, null, Start);
        TimestampReservation reservation = SwitchTo(900_000, 1_000 + sinceStart, After(2_000));
        Assert.Equal((origin, outgoing), (reservation.Origin, reservation.Outgoing));
    }

    [Fact]
    public void Without_a_reference_the_elapsed_time_counts()
    {
        SwitchTo(1_000, null, Start);
        Assert.Equal(new TimestampReservation(55_000, 54_995, TimestampOrigin.Expected), SwitchTo(5, null, After(500)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(400L)]
    public void A_switch_is_never_at_or_before_the_last(long? reference)
    {
        SwitchTo(1_000, null, Start);
        TimestampReservation reservation = SwitchTo(5, reference, Start);
        Assert.Equal((TimestampOrigin.AfterLast, 10_001), (reservation.Origin, reservation.Outgoing));
    }

    [Fact]
    public void After_mute_a_clock_that_ran_on_keeps_its_offset()
    {
        SwitchTo(1_000, null, Start);
        long resumed = 1_000 + (60 * Clock) + 500;
        Assert.Equal(resumed + 9_000, SwitchTo(resumed, resumed, After(60_000)).Outgoing);
        Assert.Equal(9_000, _munger.Offset);
    }

    [Fact]
    public void After_mute_a_clock_that_stood_is_projected()
    {
        SwitchTo(1_000, null, Start);
        Assert.Equal(10_000 + (60 * Clock), SwitchTo(4_000, 4_000, After(60_000)).Outgoing);
    }

    [Fact]
    public void A_late_packet_does_not_move_the_last()
    {
        SwitchTo(1_000, null, Start);
        _munger.Commit(_munger.Reserve(7_000), After(66));
        _munger.Commit(_munger.Reserve(4_000), After(80));
        Assert.Equal(16_000, _munger.Last);
        Assert.Equal(16_000 + (34 * 90), _munger.ReserveSwitch(0, null, After(100)).Outgoing);
    }

    [Fact]
    public void Frames_after_a_late_switch_are_squeezed_until_their_reference_is_reached()
    {
        SwitchTo(1_000, null, Start);
        _munger.Commit(_munger.Reserve(10_000), After(100));

        // Captured together with the former source's 4,000, of which 10,000 was sent.
        Assert.Equal(new TimestampReservation(19_001, 19_001 - 904_000, TimestampOrigin.AfterLast, 6_001), SwitchTo(904_000, 4_000, After(100)));
        Assert.Equal(9_000 - 900_000, _munger.Offset);

        TimestampReservation squeezed = _munger.Reserve(907_200);
        _munger.Commit(squeezed, After(133));
        Assert.Equal((TimestampOrigin.CatchingUp, 19_201, 3_001), (squeezed.Origin, squeezed.Outgoing, squeezed.Ahead));
        Assert.Equal(squeezed.Outgoing, 907_200 + squeezed.Offset);
        Assert.Equal((TimestampOrigin.Offset, 19_600), (_munger.Reserve(910_600).Origin, _munger.Reserve(910_600).Outgoing));
    }

    [Fact]
    public void A_late_frame_finds_its_place_among_the_squeezed()
    {
        SwitchTo(1_000, null, Start);
        SwitchTo(904_000, 1_000 - 9_000, Start);
        long next = _munger.Reserve(910_000).Outgoing;
        _munger.Commit(_munger.Reserve(910_000), After(66));
        Assert.InRange(_munger.Reserve(907_000).Outgoing, 10_002, next - 1);
    }

    [Fact]
    public void A_switch_while_catching_up_takes_the_capture_times_as_they_are()
    {
        SwitchTo(1_000, null, Start);
        SwitchTo(904_000, 1_000 - 9_000, Start);
        TimestampReservation reservation = SwitchTo(77_000, 904_000 + 18_000, After(200));
        Assert.Equal((TimestampOrigin.Reference, 19_000), (reservation.Origin, reservation.Outgoing));
    }

    [Fact]
    public void Any_late_switch_is_made_up_for_and_no_timestamp_falls() =>
        Gen.Select(Gen.Int[-90_000, 0], Gen.Int[400, 9_000].Array[1, 60], Gen.Long[0, 1L << 40]).Sample((behind, distances, source) =>
        {
            var munger = new TimestampMunger(Clock, 0);
            munger.Commit(munger.ReserveSwitch(1_000, null, Start), Start);
            munger.Commit(munger.ReserveSwitch(source, 1_000 + behind, Start), Start);
            long at = 0;
            long last = munger.Last;
            foreach (int distance in distances)
            {
                at += distance;
                TimestampReservation reservation = munger.Reserve(source + at);
                munger.Commit(reservation, Start + TimeSpan.FromTicks(at * 1000 / 9));
                Assert.True(reservation.Outgoing > last);
                Assert.Equal(reservation.Outgoing, source + at + reservation.Offset);
                if (at >= (1 - behind) * 16L / 15 + 1)
                    Assert.Equal((TimestampOrigin.Offset, behind + at), (reservation.Origin, reservation.Outgoing));
                last = reservation.Outgoing;
            }
        }, iter: 2_000);

    [Fact]
    public void An_uncommitted_switch_changes_nothing()
    {
        SwitchTo(1_000, null, Start);
        _munger.ReserveSwitch(88_000, null, After(50));
        Assert.Equal(10_300, _munger.Reserve(1_300).Outgoing);
    }

    [Fact]
    public void Random_switches_move_only_forward_and_stay_near_real_time() =>
        Gen.Select(Gen.Long[0, 1L << 40], Gen.Int[0, 3_000], Gen.Int[-300_000, 300_000].Nullable()).Array[1, 50].Sample(switches =>
        {
            var munger = new TimestampMunger(Clock, 0);
            MonotonicTime now = Start;
            long last = -1;
            foreach ((long source, int wait, int? error) in switches)
            {
                now += TimeSpan.FromMilliseconds(wait);
                long real = (now - Start).Ticks * 9 / 1000;
                TimestampReservation reservation = munger.ReserveSwitch(source, error is { } off ? real - munger.Offset + off : null, now);
                Assert.True(reservation.Outgoing > last);
                Assert.Equal(reservation.Outgoing, source + reservation.Offset);
                munger.Commit(reservation, now);
                last = munger.Last;
            }
        }, iter: 2_000);
}
