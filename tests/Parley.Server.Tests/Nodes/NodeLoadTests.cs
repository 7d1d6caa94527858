using Parley.Server.Nodes;

namespace Parley.Server.Tests.Nodes;

public class NodeLoadTests
{
    [Theory]
    [InlineData(10, 0, 0, 10)]
    [InlineData(10, 7, 0, 3)]
    [InlineData(10, 7, 5, 8)]
    [InlineData(10, 5, 7, 10)]
    [InlineData(10, 12, 0, 0)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(100, 3, 0, 96)]
    [InlineData(100, 68, 0, 32)]
    [InlineData(100, 67, 0, 32)]
    public void What_others_carry_there_is_no_place_and_what_is_the_meetings_own_is(int capacity, int carried, int own, int places) =>
        Assert.Equal(places, new NodeLoad(capacity, carried).PlacesFor(own));
}
