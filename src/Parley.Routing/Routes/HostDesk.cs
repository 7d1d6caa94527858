using System.Globalization;
using Parley.Routing.Geofences;

namespace Parley.Routing.Routes;

/// <summary>What the host is being asked.</summary>
internal sealed class HostDesk(Queue<RouteAction> actions, RouteSettler settler)
{
    private readonly Dictionary<string, (JoinWish Wish, long Deadline)> _asked = [];
    private long _last;

    public JoinDecision Ask(JoinWish wish, RouteConsequences consequences, RouteTime now)
    {
        string id = (++_last).ToString(CultureInfo.InvariantCulture);
        _asked[id] = (wish, now.Milliseconds + RouteTimes.HostPatience);
        TightenRequest request = new(id, wish.Participant, wish.Fence ?? Geofence.Open, consequences);
        actions.Enqueue(new AskHost(request));
        return new JoinDecision { Outcome = JoinOutcome.HostAsked, Request = request };
    }

    public JoinWish? Take(string id) => _asked.Remove(id, out (JoinWish Wish, long Deadline) asked) ? asked.Wish : null;

    /// <summary>The newcomer has gone away.</summary>
    public void Forget(string participant)
    {
        foreach (string id in _asked.Where(pair => pair.Value.Wish.Participant == participant).Select(static pair => pair.Key).ToArray())
            Withdraw(id);
    }

    /// <summary>Withdraws everything; returns who is waiting for a decision.</summary>
    public IReadOnlyList<JoinWish> TakeAll()
    {
        JoinWish[] wishes = [.. _asked.Values.Select(static asked => asked.Wish)];
        foreach (string id in _asked.Keys.ToArray())
            Withdraw(id);
        return wishes;
    }

    public void Tick(RouteTime now)
    {
        foreach ((string id, (JoinWish wish, long deadline)) in _asked.ToArray())
        {
            if (now.Milliseconds < deadline)
                continue;
            Withdraw(id);
            settler.Decide(wish.Participant, JoinDecision.Refuse(RouteRefusals.HostSilent()));
        }
    }

    public long NextDeadline() => _asked.Count == 0 ? long.MaxValue : _asked.Values.Min(static asked => asked.Deadline);

    private void Withdraw(string id)
    {
        _asked.Remove(id);
        actions.Enqueue(new WithdrawRequest(id));
    }
}
