using System.Net;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Limits;

namespace Parley.Server.Tests.Limits;

public sealed class AddressBudgetsTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_minutes_worth_at_once_then_as_it_grows_back()
    {
        AddressBudgets budgets = new(60, _time);
        Assert.Equal(60, Taken(budgets, 100));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(10, Taken(budgets, 100));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(60, Taken(budgets, 100));
    }

    [Fact]
    public void Networks_that_have_everything_are_forgotten()
    {
        AddressBudgets budgets = new(60, _time);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(budgets.TryTake(new IPAddress(i), 1));
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.InRange(budgets.Count, 1, 1024);
        // Nobody who still lacks something was.
        Assert.Equal(59, Taken(budgets, 100, 9_999));
    }

    private static int Taken(AddressBudgets budgets, int attempts, int address = 7) =>
        Enumerable.Range(0, attempts).Count(_ => budgets.TryTake(new IPAddress(address), 1));
}
