using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Tests.Tracks;

public sealed class ReceiveStatisticsTests
{
    private const long First = 0x10000 + 65_530;
    private readonly ReceiveStatistics _statistics = new(90_000);

    private void Receive(params long[] offsets)
    {
        foreach (long offset in offsets)
            _statistics.OnReceived(First + offset, offset * 3_000, MonotonicTime.FromMilliseconds(1_000 + (offset * 100 / 3)));
    }

    [Fact]
    public void Nothing_received_reports_nothing()
    {
        Assert.Equal(default, _statistics.TakeReport());
        Assert.False(_statistics.HasReceived);
    }

    [Fact]
    public void Loss_is_per_interval_and_in_all()
    {
        Receive(0, 1, 2, 5);
        ReceptionSummary first = _statistics.TakeReport();
        Assert.Equal((2 * 256 / 6, 2), (first.FractionLost, first.CumulativeLost));
        Receive(6, 7);
        ReceptionSummary second = _statistics.TakeReport();
        Assert.Equal((0, 2), (second.FractionLost, second.CumulativeLost));
        ReceptionSummary idle = _statistics.TakeReport();
        Assert.Equal((0, 2), (idle.FractionLost, idle.CumulativeLost));
    }

    [Fact]
    public void The_highest_number_counts_cycles_from_zero()
    {
        Receive(0);
        Assert.Equal(65_530u, _statistics.TakeReport().HighestSequence);
        Receive(10);
        Assert.Equal(0x10004u, _statistics.TakeReport().HighestSequence);
    }

    [Fact]
    public void Duplicates_make_the_loss_negative_not_the_fraction()
    {
        Receive(0, 1, 1, 1);
        ReceptionSummary report = _statistics.TakeReport();
        Assert.Equal((0, -2), (report.FractionLost, report.CumulativeLost));
    }

    [Fact]
    public void A_packet_before_the_first_widens_the_range()
    {
        Receive(2, 0);
        Assert.Equal(1, _statistics.TakeReport().CumulativeLost);
    }

    [Fact]
    public void Jitter_approaches_the_mean_change_of_transit()
    {
        for (int i = 0; i < 400; i++)
            _statistics.OnReceived(First + i, i * 3_000, MonotonicTime.FromMilliseconds((i * 33) + (i % 2 * 10)) + TimeSpan.FromTicks(i * 3_333));
        Assert.InRange(_statistics.TakeReport().Jitter, 850u, 950u);
    }

    [Fact]
    public void Packets_of_one_frame_and_clock_jumps_are_no_jitter()
    {
        Receive(0);
        for (int i = 1; i < 20; i++)
            _statistics.OnReceived(First + i, 0, MonotonicTime.FromMilliseconds(1_000 + (i * 5)));
        _statistics.OnReceived(First + 20, 90_000_000, MonotonicTime.FromMilliseconds(1_100));
        Assert.Equal(0u, _statistics.TakeReport().Jitter);
    }

    [Fact]
    public void Fractions_add_up_to_what_was_lost() =>
        Gen.Bool.Array[1, 300].Sample(arrives =>
        {
            var statistics = new ReceiveStatistics(90_000);
            statistics.OnReceived(First, 0, MonotonicTime.Zero);
            int lost = 0;
            int pending = 0;
            for (int i = 0; i < arrives.Length; i++)
            {
                if (!arrives[i])
                {
                    pending++;
                    continue;
                }

                lost += pending;
                pending = 0;
                statistics.OnReceived(First + i + 1, i, MonotonicTime.Zero);
            }

            Assert.Equal(lost, statistics.TakeReport().CumulativeLost);
        });
}
