using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Tests.Shards;

public sealed class ReportScheduleTests
{
    [Fact]
    public void Transports_that_joined_at_different_moments_report_together()
    {
        MonotonicTime first = RtcpSchedule.After(MonotonicTime.FromMilliseconds(1_403));
        MonotonicTime second = RtcpSchedule.After(MonotonicTime.FromMilliseconds(1_468));
        Assert.Equal(first, second);
    }

    [Fact]
    public void Reports_follow_each_other_by_a_second_though_the_loop_is_late()
    {
        MonotonicTime due = RtcpSchedule.After(MonotonicTime.FromMilliseconds(1_403));
        Assert.Equal(due + RtcpSchedule.ReportInterval, RtcpSchedule.After(due + TimeSpan.FromMilliseconds(7)));
    }
}
