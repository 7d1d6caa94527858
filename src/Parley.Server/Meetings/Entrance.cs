using Parley.Routing.Routes;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Problems;

namespace Parley.Server.Meetings;

/// <summary>How everyone comes in, over the hub or by WHIP and WHEP: first the route admits them, then their node answers their offer.</summary>
internal sealed class Entrance(MeetingState state, MeetingRooms rooms, RouteDriver driver, TimeProvider time)
{
    // Longer than the route's own patience with hosts and moves: a way out of what should not happen.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);

    private long _lastTransport;

    /// <summary>Lets somebody in: waits for the route's decision, then for their node's answer. Whoever cannot come in leaves nothing behind.</summary>
    /// <exception cref="ProblemException">They are refused, or their node is.</exception>
    public async Task<MediaAnswer> EnterAsync(Newcomer newcomer, JoinWish wish, MediaOffer offer, Action<Arrival> seat)
    {
        state.Add(newcomer);
        bool isIn = false;
        try
        {
            driver.Join(wish, newcomer);
            string node = await AdmittedAsync(newcomer);
            MediaAnswer answer = await ConnectAsync(node, offer);
            MediaTransport transport = new(node, answer.Transport);
            if (newcomer.Ended is not null || newcomer.Decision.IsCanceled || driver.NodeOf(newcomer.Id) is null)
            {
                rooms.Close(transport);
                throw newcomer.Ended ?? Refusals.NotJoined();
            }

            state.Remove(newcomer);
            isIn = true;
            seat(new Arrival(answer, transport));
            return answer;
        }
        finally
        {
            if (!isIn)
            {
                state.Remove(newcomer);
                driver.Leave(newcomer.Id);
            }
        }
    }

    /// <summary>Has a node answer an offer.</summary>
    /// <exception cref="ProblemException">It does not.</exception>
    public Task<MediaAnswer> ConnectAsync(string node, MediaOffer offer)
    {
        _lastTransport = Math.Max(_lastTransport + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
        MediaOffer counted = offer with { Since = _lastTransport };
        return rooms.AskAsync(node, (room, death) => room.ConnectAsync(counted, death));
    }

    private async Task<string> AdmittedAsync(Newcomer newcomer)
    {
        try
        {
            JoinDecision decision = await newcomer.Decision.WaitAsync(Patience, time);
            return decision.Refusal is { } refusal ? throw RouteProblems.Of(refusal) : decision.Node!;
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            throw newcomer.Ended ?? Refusals.NotJoined();
        }
    }
}
