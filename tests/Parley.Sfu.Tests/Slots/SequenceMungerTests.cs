using Parley.Sfu.Slots;

namespace Parley.Sfu.Tests.Slots;

public sealed class SequenceMungerTests
{
    private readonly SequenceMunger _munger = new(1000);

    private long Send(long source)
    {
        Assert.True(_munger.TryReserve(source, out SequenceReservation reservation));
        _munger.Commit(reservation);
        return reservation.Outgoing;
    }

    private long Switch(long source)
    {
        SequenceReservation reservation = _munger.ReserveSwitch(source);
        _munger.Commit(reservation);
        return reservation.Outgoing;
    }

    [Fact]
    public void Idle_reserves_and_drops_nothing()
    {
        Assert.False(_munger.TryReserve(5, out _));
        Assert.False(_munger.Drop(5));
        Assert.False(_munger.TryReverse(1000, out _, out _));
    }

    [Fact]
    public void The_first_source_begins_at_the_first_number() => Assert.Equal(1000, Switch(70_000));

    [Fact]
    public void A_random_start_lies_below_2_to_the_15()
    {
        var munger = new SequenceMunger(new FixedEntropy(0xFF));
        Assert.Equal(0x7FFF, munger.ReserveSwitch(5).Outgoing);
    }

    [Fact]
    public void A_number_lost_before_us_keeps_its_place()
    {
        Switch(10);
        Assert.Equal(1003, Send(13));
        Assert.Equal(1001, Send(11));
        Assert.Equal(1004, Send(14));
    }

    [Fact]
    public void A_packet_older_than_the_switch_has_no_number()
    {
        Switch(10);
        Assert.False(_munger.TryReserve(9, out _));
    }

    [Fact]
    public void A_drop_of_the_next_expected_closes_the_gap()
    {
        Switch(10);
        Assert.True(_munger.Drop(11));
        Assert.True(_munger.Drop(12));
        Assert.Equal(1001, Send(13));
        Assert.False(_munger.TryReserve(11, out _));
        Assert.False(_munger.TryReserve(12, out _));
    }

    [Fact]
    public void A_drop_after_a_loss_keeps_only_the_place_of_the_lost_one()
    {
        Switch(10);
        Assert.True(_munger.Drop(12));
        Assert.Equal(1002, Send(13));
        Assert.Equal(1001, Send(11));
    }

    [Fact]
    public void A_drop_of_an_older_number_leaves_a_hole()
    {
        Switch(10);
        Send(12);
        Assert.False(_munger.Drop(11));
        Assert.Equal(1003, Send(13));
    }

    [Fact]
    public void A_late_packet_maps_with_the_offset_of_its_interval()
    {
        Switch(10);
        Send(12);
        _munger.Drop(13);
        Send(14);
        Assert.Equal(1001, Send(11));
        Assert.Equal(1003, _munger.NextOutgoing - 1);
    }

    [Fact]
    public void A_switch_leaves_one_number_out()
    {
        Switch(10);
        Send(11);
        Assert.Equal(1003, Switch(500_000));
        Assert.Equal(1004, Send(500_001));
        Assert.False(_munger.TryReserve(12, out _));
        Assert.False(_munger.TryReverse(1002, out _, out _));
        Assert.True(_munger.TryReverse(1001, out long source, out int epoch));
        Assert.Equal((11, 1), (source, epoch));
        Assert.True(_munger.TryReverse(1003, out source, out epoch));
        Assert.Equal((500_000, 2), (source, epoch));
    }

    [Fact]
    public void A_reservation_that_is_not_committed_changes_nothing()
    {
        Switch(10);
        Assert.Equal(1002, _munger.ReserveSwitch(99).Outgoing);
        Assert.True(_munger.TryReserve(11, out SequenceReservation unsent));
        Assert.Equal(1001, unsent.Outgoing);
        Assert.True(_munger.Drop(11));
        Assert.Equal(1001, Send(12));
    }

    [Fact]
    public void What_the_map_no_longer_reaches_has_no_number()
    {
        var munger = new SequenceMunger(0, capacity: 2);
        munger.Commit(munger.ReserveSwitch(10));
        munger.Drop(11);
        Assert.True(munger.TryReserve(12, out SequenceReservation twelve));
        munger.Commit(twelve);
        munger.Drop(13);
        Assert.True(munger.TryReserve(14, out SequenceReservation fourteen));
        munger.Commit(fourteen);
        Assert.False(munger.TryReserve(10, out _));
        Assert.False(munger.TryReverse(0, out _, out _));
        Assert.True(munger.TryReverse(1, out long source, out _));
        Assert.Equal(12, source);
    }
}
