using Microsoft.AspNetCore.SignalR;
using Parley.Server.Limits;
using Parley.Server.Problems;

namespace Parley.Server.Signalling;

/// <summary>Bounds each connection's calls, and makes every failure a problem.</summary>
internal sealed class HubCallFilter(TimeProvider time, ILogger<HubCallFilter> log) : IHubFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (!Budget(invocationContext.Context).TryTake())
            throw ToHubException(Refusals.TooMany("This connection has made many calls in a short time.").ToProblem());
        try
        {
            return await next(invocationContext);
        }
        catch (ProblemException e)
        {
            throw ToHubException(e.ToProblem());
        }
        catch (Exception e) when (e is not HubException)
        {
            log.LogError(e, "Call {Call} failed", invocationContext.HubMethodName);
            throw ToHubException(ProblemHandling.FromException(e));
        }
    }

    private static HubException ToHubException(Problem problem) => new(ProblemWriter.ToJson(problem));

    // A connection's calls run one after another, so nobody else asks meanwhile.
    private CallBudget Budget(HubCallerContext context)
    {
        if (context.Items.TryGetValue(typeof(CallBudget), out object? known) && known is CallBudget budget)
            return budget;
        CallBudget made = new(time);
        context.Items[typeof(CallBudget)] = made;
        return made;
    }
}
