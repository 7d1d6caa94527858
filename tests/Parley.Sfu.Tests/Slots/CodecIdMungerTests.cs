using CsCheck;
using Parley.Sfu.Slots;

namespace Parley.Sfu.Tests.Slots;

public sealed class CodecIdMungerTests
{
    private readonly CodecIdMunger _munger = new();

    private static CodecIds Ids(int picture, int tl0 = -1, int key = -1, bool wide = true) => new((short)picture, wide, (short)tl0, (sbyte)key);

    private CodecIds Switch(CodecIds source)
    {
        CodecIdReservation reservation = _munger.ReserveSwitch(source);
        _munger.Commit(reservation);
        return reservation.Outgoing;
    }

    private CodecIds Send(CodecIds source)
    {
        Assert.True(_munger.TryReserve(source, out CodecIdReservation reservation));
        _munger.Commit(reservation);
        return reservation.Outgoing;
    }

    [Fact]
    public void A_switch_continues_all_three()
    {
        CodecIds first = Switch(Ids(500, 20, 3));
        Assert.Equal(Ids(first.PictureId + 1, 21, 3), Send(Ids(501, 21, 3)));
        Assert.Equal(Ids(first.PictureId + 2, 22, 4), Switch(Ids(9_000, 250, 30)));
        Assert.Equal(Ids(first.PictureId + 3, 23, 4), Send(Ids(9_001, 251, 30)));
    }

    [Fact]
    public void Packets_of_one_picture_share_its_id()
    {
        CodecIds first = Switch(Ids(500, 20));
        Assert.Equal(first, Send(Ids(500, 20)));
    }

    [Fact]
    public void A_dropped_picture_leaves_no_hole()
    {
        CodecIds first = Switch(Ids(500, 20));
        Assert.True(_munger.Drop(Ids(501, 20)));
        Assert.False(_munger.Drop(Ids(501, 20)));
        Assert.False(_munger.TryReserve(Ids(501, 20), out _));
        Assert.Equal(first.PictureId + 1, Send(Ids(502, 21)).PictureId);
    }

    [Fact]
    public void A_picture_partly_sent_is_not_dropped()
    {
        CodecIds first = Switch(Ids(500));
        Assert.False(_munger.Drop(Ids(500)));
        Assert.Equal(first.PictureId + 1, Send(Ids(501)).PictureId);
    }

    [Fact]
    public void A_lost_picture_keeps_its_place()
    {
        CodecIds first = Switch(Ids(500));
        Assert.Equal(first.PictureId + 2, Send(Ids(502)).PictureId);
        Assert.Equal(first.PictureId + 1, Send(Ids(501)).PictureId);
    }

    [Fact]
    public void The_width_is_what_the_receiver_saw_first()
    {
        Switch(Ids(100, wide: false));
        CodecIds wide = Switch(Ids(20_000, wide: true));
        Assert.False(wide.IsWide);
        Assert.InRange(wide.PictureId, (short)0, (short)127);
        Assert.Equal((wide.PictureId + 1) & 127, Send(Ids(20_001)).PictureId);
    }

    [Fact]
    public void A_counter_that_a_source_lacks_stays_absent()
    {
        Assert.Equal(CodecIds.None, Switch(CodecIds.None));
        Assert.Equal(CodecIds.None, Send(CodecIds.None));
        Assert.False(_munger.Drop(CodecIds.None));
        Assert.Equal(CodecIds.None, Send(Ids(5)));
        CodecIds first = Switch(Ids(7, 200));
        Assert.Equal(CodecIds.None, Switch(CodecIds.None));
        Assert.Equal(Ids(first.PictureId + 1, 201), Switch(Ids(7, 3)));
    }

    [Fact]
    public void Nothing_is_remembered_before_the_commit()
    {
        CodecIds first = Switch(Ids(500, 20));
        _munger.ReserveSwitch(Ids(8, 90));
        Assert.Equal(Ids(first.PictureId + 1, 21), Send(Ids(501, 21)));
    }

    [Fact]
    public void Over_any_wrap_each_forwarded_picture_is_one_later() =>
        Gen.Select(Gen.Bool, Gen.Int[0, 32_767], Gen.Int[0, 9].Array[0, 300]).Sample((wide, start, steps) =>
        {
            var munger = new CodecIdMunger(512);
            int mask = wide ? 0x7FFF : 0x7F;
            int picture = start;
            CodecIdReservation first = munger.ReserveSwitch(Ids(picture & mask, 0, 0, wide));
            munger.Commit(first);
            int last = first.Outgoing.PictureId;
            int tl0 = 0;
            foreach (int step in steps)
            {
                picture++;
                CodecIds source = Ids(picture & mask, (tl0 + 1) & 255, 0, wide);
                if (step < 4)
                {
                    Assert.True(munger.Drop(source));
                    continue;
                }

                if (step == 9)
                    picture += 12_345;
                CodecIds sent = Ids(picture & mask, (tl0 + 1) & 255, 0, wide);
                CodecIdReservation reservation;
                if (step == 9)
                    reservation = munger.ReserveSwitch(sent);
                else
                    Assert.True(munger.TryReserve(sent, out reservation));
                munger.Commit(reservation);
                Assert.Equal((last + 1) & mask, reservation.Outgoing.PictureId);
                last = reservation.Outgoing.PictureId;
                tl0++;
            }
        }, iter: 1_000);
}
