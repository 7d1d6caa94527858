namespace Parley.Routing.Routes;

/// <summary>Brings people from the node that carries them to the one that the plan gives them.</summary>
internal sealed class RouteMoves(RoutePeople people, RouteWorld world, GrantDesk grants, RelayDesk relays, Queue<RouteAction> actions)
{
    // How often somebody is told of a better route before they are left where they are.
    private const int MostInvitations = 3;

    /// <summary>Every node that carries somebody, may do so, or is about to, ordered.</summary>
    public string[] NodesInUse(long now)
    {
        SortedSet<string> nodes = new(StringComparer.Ordinal);
        foreach (RouteMember member in people.All)
        {
            if (member.At is { } at)
                nodes.Add(at);
            if (member.Target is { } target)
                nodes.Add(target);
            foreach (string? stray in new[] { member.MovingTo, member.Stray })
            {
                if (stray is not null && world.IsAlive(stray) && grants.Find(stray) is { IsRevoking: false } leg && now < leg.CloseBy)
                    nodes.Add(stray);
            }
        }

        return [.. nodes];
    }

    /// <summary>Whoever is on a node that is dead, or whose time to leave is over, is nowhere; whether anybody was.</summary>
    public bool LeaveClosed(long now)
    {
        bool any = false;
        foreach (RouteMember member in people.All)
        {
            if (now >= member.StrayUntil)
                (member.Stray, member.StrayUntil) = (null, long.MaxValue);
            if (member.At is not { } node || (world.IsAlive(node) && grants.Find(node) is { IsRevoking: false } leg && now < leg.CloseBy))
                continue;
            member.At = null;
            any = true;
        }

        return any;
    }

    public void LeaveNode(string node)
    {
        foreach (RouteMember member in people.All.Where(member => member.At == node))
            member.At = null;
    }

    public void Moved(string participant, string node, string? planned)
    {
        if (people.Find(participant) is not { IsAdmitted: true } member)
            return;
        if (grants.Find(node) is not { IsRevoking: false })
        {
            // They went where they cannot stay: they are nowhere, and are told again.
            (member.At, member.MovingTo) = (null, null);
            return;
        }

        member.At = node;
        if (node == planned)
            member.Target = node;
        if (member.MovingTo == node)
            member.MovingTo = null;
    }

    /// <summary>Tells people to move: to nodes that hold a grant, once their relays are up, or at once for who is nowhere.</summary>
    public void Ask(List<RelayLink> tree, RouteFence wanted, long now)
    {
        foreach (RouteMember member in people.Admitted)
        {
            if (member.Target is not { } target)
                continue;
            if (target == member.At)
                Recall(member, target, now);
            else if (!grants.Holds(target, now))
                member.ReadySince = null;
            else if (IsDue(member, target, tree, now))
                Move(member, target, wanted, now);
        }
    }

    public long NextDeadline()
    {
        long next = long.MaxValue;
        foreach (RouteMember member in people.Admitted)
        {
            next = Math.Min(next, member.StrayUntil);
            if (member.ReadySince is { } ready && member.At != member.Target)
                next = Math.Min(next, member.MovingTo == member.Target ? member.MoveAsked + RouteTimes.Patience : ready + RouteTimes.RelayPatience);
        }

        return next;
    }

    private bool IsDue(RouteMember member, string target, List<RelayLink> tree, long now)
    {
        member.ReadySince ??= now;
        if (member.MovingTo == target)
            return now >= member.MoveAsked + RouteTimes.Patience;
        return member.At is null || now >= member.ReadySince + RouteTimes.RelayPatience || tree.TrueForAll(relay => !relay.Touches(target) || relays.IsUp(relay));
    }

    private void Move(RouteMember member, string target, RouteFence wanted, long now)
    {
        MoveReason reason = member.At is not { } at || world.IsAvoided(at) ? MoveReason.NodeLost : wanted.Allows(world.RegionOf(at)) ? MoveReason.BetterRoute : MoveReason.Fence;
        member.MovesAsked = member.MovingTo == target ? member.MovesAsked + 1 : 1;
        Stray(member, target, now);
        (member.MovingTo, member.MoveAsked) = (target, now);
        if (reason == MoveReason.BetterRoute && member.MovesAsked > MostInvitations)
        {
            Recall(member, member.At!, now);
            return;
        }

        actions.Enqueue(new MoveParticipant(member.Id, target, reason));
    }

    // They may have arrived where they were sent before: that node is kept until they have had the time to come back.
    private static void Stray(RouteMember member, string target, long now)
    {
        if (member.MovingTo is { } before && before != target)
            (member.Stray, member.StrayUntil) = (before, now + RouteTimes.Patience);
    }

    // The plan has changed its mind while they were on the way, or they do not come: where they are is allowed, so they stay until the next plan.
    private void Recall(RouteMember member, string target, long now)
    {
        member.ReadySince = null;
        member.Target = target;
        if (member.MovingTo is null)
            return;
        Stray(member, target, now);
        member.MovingTo = null;
        actions.Enqueue(new MoveParticipant(member.Id, target, MoveReason.BetterRoute));
    }
}
