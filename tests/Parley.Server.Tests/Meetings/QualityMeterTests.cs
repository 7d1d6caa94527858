using Parley.Server.Meetings;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Meetings;

public class QualityMeterTests
{
    private readonly QualityMeter _meter = new();

    [Theory]
    [InlineData(0, 0, 30, 3)]
    [InlineData(0.05, 0, 30, 2)]
    [InlineData(0, 0.05, 30, 2)]
    [InlineData(0, 0, 400, 2)]
    [InlineData(0.2, 0, 30, 1)]
    [InlineData(0, 0.2, 30, 1)]
    [InlineData(0, 0, 900, 1)]
    public void The_worst_figure_decides(double up, double down, double roundTrip, int level)
    {
        Assert.True(Update(up, down, roundTrip));
        Assert.Equal(level, _meter.Levels["p"]);
    }

    [Fact]
    public void It_falls_at_once_and_rises_after_calm()
    {
        Update(0, 0, 30);
        Assert.True(Update(0.2, 0, 30));
        for (int i = 1; i < QualityMeter.CalmReports; i++)
            Assert.False(Update(0, 0, 30));
        Assert.Equal(1, _meter.Levels["p"]);
        Assert.True(Update(0, 0, 30));
        Assert.Equal(3, _meter.Levels["p"]);
    }

    [Fact]
    public void One_bad_second_begins_the_calm_anew()
    {
        Update(0.2, 0, 30);
        for (int i = 1; i < QualityMeter.CalmReports; i++)
            Update(0, 0, 30);
        Assert.False(Update(0.2, 0, 30));
        for (int i = 1; i < QualityMeter.CalmReports; i++)
            Assert.False(Update(0, 0, 30));
        Assert.Equal(1, _meter.Levels["p"]);
    }

    [Fact]
    public void Who_is_not_connected_or_gone_has_no_level()
    {
        Assert.False(_meter.Update([Figures(0, 0, 30) with { Connected = false }]));
        Assert.Empty(_meter.Levels);
        Update(0, 0, 30);
        _meter.Remove("p");
        Assert.Empty(_meter.Levels);
    }

    private static TransportStatistics Figures(double up, double down, double roundTrip) =>
        new() { Room = default, Transport = default, Participant = "p", Connected = true, UplinkLoss = up, DownlinkLoss = down, RoundTrip = roundTrip };

    private bool Update(double up, double down, double roundTrip) => _meter.Update([Figures(up, down, roundTrip)]);
}
