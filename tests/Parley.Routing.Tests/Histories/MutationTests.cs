namespace Parley.Routing.Tests.Histories;

/// <summary>What watches the histories is watched: with a rule broken on purpose, some history must fail.</summary>
public class MutationTests
{
    private const int Histories = 2_000;

    [Theory]
    [InlineData((int)BrokenRule.PlannerSeesAllRegions)]
    [InlineData((int)BrokenRule.HomeForgetsFences)]
    [InlineData((int)BrokenRule.HomeForgetsCountries)]
    [InlineData((int)BrokenRule.HomeAdmitsAtOnce)]
    [InlineData((int)BrokenRule.HomeConfirmsGrantsItself)]
    [InlineData((int)BrokenRule.HomeSendsNoRevocations)]
    [InlineData((int)BrokenRule.HomeForgetsDeadlines)]
    [InlineData((int)BrokenRule.HomeLeavesRelaysOpen | (int)BrokenRule.NodeIgnoresPeers)]
    [InlineData((int)BrokenRule.HomeForgetsItsNodes)]
    [InlineData((int)BrokenRule.HomeForgetsItsPeople | (int)BrokenRule.ClientAcceptsAnything)]
    [InlineData((int)BrokenRule.NodeIgnoresExpiry)]
    [InlineData((int)BrokenRule.NodeIgnoresRevocations)]
    [InlineData((int)BrokenRule.HomeForgetsFences | (int)BrokenRule.ClientAcceptsAnything)]
    [InlineData((int)BrokenRule.ClientIgnoresMoves)]
    public void A_broken_rule_is_noticed(int broken) =>
        Assert.Contains(Enumerable.Range(0, Histories), number => HistoryRun.Of(History.Of(number), (BrokenRule)broken) is not null);

    [Fact]
    public void No_rule_broken_nothing_noticed() =>
        Assert.DoesNotContain(Enumerable.Range(0, 300), static number => HistoryRun.Of(History.Of(number)) is not null);
}
