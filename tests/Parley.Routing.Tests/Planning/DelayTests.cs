using Parley.Routing.Planning;

namespace Parley.Routing.Tests.Planning;

public class DelayTests
{
    private static readonly GeoPoint Frankfurt = new(50.11, 8.68);
    private static readonly GeoPoint Sydney = new(-33.87, 151.21);

    [Fact]
    public void A_measured_direction_counts_for_both_until_the_other_is_measured()
    {
        DelayTable table = new([new("a", "b", 10)]);
        Assert.Equal((10, 10), (table.Between("a", "b"), table.Between("b", "a")));
        table = new([new("a", "b", 10), new("b", "a", 14)]);
        Assert.Equal((10, 14), (table.Between("a", "b"), table.Between("b", "a")));
    }

    [Fact]
    public void What_nobody_measured_is_taken_for_long_and_a_region_for_near_itself()
    {
        DelayTable table = new([]);
        Assert.Equal(DelayTable.Unknown, table.Between("a", "b"));
        Assert.Equal(DelayTable.WithinRegion, table.Between("a", "a"));
        Assert.Equal(2, new DelayTable([new("a", "a", 2)]).Between("a", "a"));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_delay_that_cannot_be_is_refused(double delay) => Assert.Throws<ArgumentException>(() => new DelayTable([new("a", "b", delay)]));

    [Fact]
    public void Only_what_counts_for_both_directions_is_measured()
    {
        Dictionary<string, GeoPoint> places = new() { ["fra"] = Frankfurt, ["syd"] = Sydney, ["par"] = new(48.9, 2.4) };
        DelayTable table = GeographicDelays.Table(places, [new("syd", "fra", 140)]);
        Assert.True(table.IsMeasured("fra", "syd"));
        Assert.True(table.IsMeasured("syd", "fra"));
        Assert.False(table.IsMeasured("fra", "par"));
        Assert.False(table.IsMeasured("fra", "fra"));
        Assert.False(table.IsMeasured("fra", "nowhere"));
        Assert.True(table.With([new("par", "fra", 9)]).IsMeasured("fra", "par"));
        Assert.False(table.IsMeasured("fra", "par"));
    }

    [Fact]
    public void The_great_circle_is_as_long_as_maps_say()
    {
        Assert.Equal(16_480, Frankfurt.DistanceTo(Sydney), 40.0);
        Assert.Equal(0, Sydney.DistanceTo(Sydney), 1e-6);
        Assert.Equal(20_015, new GeoPoint(0, 0).DistanceTo(new(0, 180)), 1.0);
    }

    [Fact]
    public void Delay_grows_with_distance_and_is_never_above_that_of_an_unknown_pair()
    {
        Assert.Equal(GeographicDelays.PathConstant, GeographicDelays.Between(Sydney, Sydney), 1e-9);
        Assert.Equal(132.4, GeographicDelays.Between(Frankfurt, Sydney), 1.0);
        Assert.True(GeographicDelays.Between(new(0, 0), new(0, 180)) < DelayTable.Unknown);
        Assert.Equal(2 * (173.6 + GeographicDelays.AccessLine), GeographicDelays.RoundTrip(Frankfurt, Sydney), 2.0);
    }

    [Fact]
    public void Measured_delays_go_before_estimates_in_both_directions()
    {
        Dictionary<string, GeoPoint> places = new() { ["fra"] = Frankfurt, ["syd"] = Sydney };
        DelayTable table = GeographicDelays.Table(places, [new("syd", "fra", 140)]);
        Assert.Equal((140, 140), (table.Between("fra", "syd"), table.Between("syd", "fra")));
    }
}
