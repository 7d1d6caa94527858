using Parley.Routing.Regions;

namespace Parley.Routing.Tests.Regions;

public class RegionIdsTests
{
    [Theory]
    [InlineData("local")]
    [InlineData("eu-fra")]
    [InlineData("a")]
    [InlineData("us-east-1")]
    public void Takes_short_lower_case_names(string id) => Assert.True(RegionIds.IsValid(id));

    [Theory]
    [InlineData("")]
    [InlineData("-eu")]
    [InlineData("eu-")]
    [InlineData("eu--fra")]
    [InlineData("EU")]
    [InlineData("eu fra")]
    [InlineData("eu/fra")]
    [InlineData("a23456789012345678901234567890123")]
    public void Refuses_anything_else(string id) => Assert.False(RegionIds.IsValid(id));
}
