using Microsoft.Extensions.Time.Testing;
using Parley.Server.Limits;

namespace Parley.Server.Tests.Limits;

public class CallBudgetTests
{
    [Fact]
    public void A_burst_then_a_steady_rate()
    {
        FakeTimeProvider time = new();
        CallBudget budget = new(time);
        Assert.Equal(CallBudget.Burst, Enumerable.Range(0, CallBudget.Burst * 2).Count(_ => budget.TryTake()));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(CallBudget.PerSecond, Enumerable.Range(0, CallBudget.Burst).Count(_ => budget.TryTake()));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(CallBudget.Burst, Enumerable.Range(0, CallBudget.Burst * 2).Count(_ => budget.TryTake()));
    }
}
