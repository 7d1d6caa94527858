using Parley.Server.Meetings;

namespace Parley.Server.Tests.Meetings;

public class MeetingIdsTests
{
    [Theory]
    [InlineData("local")]
    [InlineData("eu-fra-2")]
    public void An_id_begins_with_its_home_region_and_is_new_each_time(string region)
    {
        string[] ids = [.. Enumerable.Range(0, 200).Select(_ => MeetingIds.Make(region))];
        Assert.All(ids, id => Assert.True(id.StartsWith(region + "-", StringComparison.Ordinal) && MeetingIds.IsValid(id)));
        Assert.Equal(ids.Length, ids.Distinct().Count());

        // 20 letters of 32: 100 bits.
        Assert.All(ids, id => Assert.Equal(20, id.Length - region.Length - 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-00000000000000000000")]
    [InlineData("local00000000000000000000")]
    [InlineData("local-0000000000000000000")]
    [InlineData("local-0000000000000000000i")]
    [InlineData("LOCAL-00000000000000000000")]
    [InlineData("local-0000000000000000000\n")]
    public void Anything_else_is_no_id(string id) => Assert.False(MeetingIds.IsValid(id));
}
