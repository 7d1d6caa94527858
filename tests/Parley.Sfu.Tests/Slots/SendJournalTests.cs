using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Slots;

namespace Parley.Sfu.Tests.Slots;

public sealed class SendJournalTests
{
    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);
    private readonly SendJournal _journal = new(8);

    private static MonotonicTime At(int milliseconds) => MonotonicTime.FromMilliseconds(milliseconds);

    private static SentPacket Packet(long outgoing) => new(outgoing, outgoing + 70_000, 5, 2, new CodecIds(7, true, 1, 2));

    private ResendVerdict Ask(long outgoing, int milliseconds) => _journal.TryResend(outgoing, RoundTrip, At(milliseconds), out _, out _);

    [Fact]
    public void What_was_not_sent_is_unknown()
    {
        Assert.Equal(ResendVerdict.Unknown, Ask(0, 0));
        _journal.Record(Packet(8), At(0));
        Assert.Equal(ResendVerdict.Unknown, Ask(0, 100));
        Assert.Equal(ResendVerdict.Unknown, Ask(16, 100));
    }

    [Fact]
    public void What_was_overwritten_is_unknown()
    {
        _journal.Record(Packet(3), At(0));
        _journal.Record(Packet(11), At(0));
        Assert.Equal(ResendVerdict.Unknown, Ask(3, 100));
        Assert.Equal(ResendVerdict.Resend, Ask(11, 100));
    }

    [Fact]
    public void A_resend_tells_how_the_packet_was_written()
    {
        _journal.Record(Packet(3), At(0));
        Assert.Equal(ResendVerdict.Resend, _journal.TryResend(3, RoundTrip, At(50), out SentPacket packet, out _));
        Assert.Equal(Packet(3), packet);
    }

    [Fact]
    public void The_first_request_is_answered_at_once()
    {
        _journal.Record(Packet(3), At(0));
        Assert.Equal(ResendVerdict.Resend, Ask(3, 1));
    }

    [Fact]
    public void Within_half_a_round_trip_of_a_resend_it_is_too_soon()
    {
        _journal.Record(Packet(3), At(0));
        Assert.Equal(ResendVerdict.Resend, Ask(3, 50));
        Assert.Equal(ResendVerdict.TooSoon, Ask(3, 74));
        Assert.Equal(ResendVerdict.Resend, Ask(3, 75));
        Assert.Equal(ResendVerdict.TooSoon, _journal.TryResend(3, TimeSpan.Zero, At(84), out _, out _));
        Assert.Equal(ResendVerdict.Resend, _journal.TryResend(3, TimeSpan.Zero, At(85), out _, out _));
    }

    [Fact]
    public void It_is_sent_again_ten_times()
    {
        _journal.Record(Packet(3), At(0));
        for (int i = 1; i <= SendJournal.MaximumResends; i++)
            Assert.Equal(ResendVerdict.Resend, Ask(3, 100 * i));
        Assert.Equal(ResendVerdict.TooOften, Ask(3, 1_100));
        _journal.Record(Packet(11), At(1_000));
        Assert.Equal(ResendVerdict.Resend, Ask(11, 1_100));
    }

    [Fact]
    public void The_age_counts_from_the_first_time()
    {
        _journal.Record(Packet(3), At(100));
        Ask(3, 300);
        _journal.TryResend(3, RoundTrip, At(600), out _, out TimeSpan age);
        Assert.Equal(TimeSpan.FromMilliseconds(500), age);
    }

    [Fact]
    public void Clear_forgets()
    {
        _journal.Record(Packet(3), At(0));
        _journal.Clear();
        Assert.Equal(ResendVerdict.Unknown, Ask(3, 100));
    }

    [Fact]
    public void It_knows_exactly_the_last_ones() =>
        Gen.Long[0, 40].Array[0, 60].Sample(sent =>
        {
            var journal = new SendJournal(8);
            var last = new Dictionary<long, long>();
            foreach (long outgoing in sent)
            {
                journal.Record(Packet(outgoing), At(0));
                last[outgoing % 8] = outgoing;
            }

            for (long outgoing = 0; outgoing <= 40; outgoing++)
            {
                bool known = last.TryGetValue(outgoing % 8, out long held) && held == outgoing;
                Assert.Equal(known ? ResendVerdict.Resend : ResendVerdict.Unknown, journal.TryResend(outgoing, RoundTrip, At(100), out _, out _));
            }
        }, iter: 500);
}
