namespace Parley.Routing.Tests.Histories;

/// <summary>The fence is enforced in several places: without any one of them the others hold it.</summary>
public class LayerTests
{
    private const int Histories = 600;

    [Theory]
    [InlineData((int)BrokenRule.PlannerSeesAllRegions)]
    [InlineData((int)BrokenRule.NodeIgnoresItsGate)]
    [InlineData((int)BrokenRule.NodeIgnoresPeers)]
    [InlineData((int)BrokenRule.ClientAcceptsAnything)]
    public void Without_one_layer_the_others_hold_the_fence(int removed)
    {
        for (int number = 0; number < Histories; number++)
        {
            History history = History.Of(number);
            if (HistoryRun.Of(history, (BrokenRule)removed, isSafetyOnly: true) is { } failure)
                Assert.Fail($"history {number}, {history}: {failure}\n{HistoryRun.Explain(history, (BrokenRule)removed, isSafetyOnly: true)}");
        }
    }
}
