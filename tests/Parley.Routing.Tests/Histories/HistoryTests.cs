using CsCheck;

namespace Parley.Routing.Tests.Histories;

public class HistoryTests
{
    private const int Histories = 10_000;

    /// <summary>The same ten thousand each time; the number of one that fails is all that is needed to see it again.</summary>
    [Fact]
    public void No_history_leads_outside_the_fence_and_all_end_well() =>
        Parallel.For(0, Histories, static number =>
        {
            if (HistoryRun.Of(History.Of(number)) is { } failure)
                Assert.Fail($"history {number}, {History.Of(number)}: {failure}\n{HistoryRun.Explain(History.Of(number))}");
        });

    /// <summary>New ones each time, made shorter when they fail; <c>PARLEY_HISTORIES</c> says how many, for long runs.</summary>
    [Fact]
    public void No_new_history_does_either() =>
        History.Any.Sample(
            static history => HistoryRun.Of(history) is not { } failure ? true : throw new InvalidOperationException($"{failure}\n{HistoryRun.Explain(history)}"),
            iter: long.TryParse(Environment.GetEnvironmentVariable("PARLEY_HISTORIES"), out long many) ? many : 100);

    [Fact]
    public void With_real_keys_and_signatures_it_is_the_same()
    {
        for (int number = 0; number < 40; number++)
            Assert.Null(HistoryRun.Of(History.Of(number), isSigned: true));
    }
}
