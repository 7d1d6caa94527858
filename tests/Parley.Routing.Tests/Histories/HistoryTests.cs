using CsCheck;

namespace Parley.Routing.Tests.Histories;

public class HistoryTests
{
    [Fact]
    public void No_history_leads_outside_the_fence_and_all_end_well() =>
        History.Any.Sample(static history => HistoryRun.Of(history) is not { } failure ? true : throw new InvalidOperationException($"{failure}\n{HistoryRun.Explain(history)}"), iter: 10_000);
}
