using Parley.Routing.Grants;
using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>Brings a meeting's route from how it is towards how it should be, a step whenever something is told: see <see cref="MeetingRoute"/>.</summary>
internal sealed class RouteSettler
{
    private readonly MeetingRouteOptions _options;
    private readonly RouteWorld _world;
    private readonly RoutePeople _people;
    private readonly Queue<RouteAction> _actions;
    private readonly GrantDesk _grants;
    private readonly RelayDesk _relays;
    private readonly RoutePlans _plans;
    private readonly RouteMoves _moves;
    private readonly List<string> _lost = [];

    // The fence under which all nodes in use lay last: what grants name while people leave a node that is forbidden now.
    private RouteFence? _before;
    // Until then these nodes may hold grants of a life before this one's, and its people may be on them.
    private readonly long _formerUntil;
    private readonly HashSet<string> _former;
    private bool _isOver;
    private bool _isDirty = true;
    private bool _isViewDirty = true;
    private string? _entering;
    private JoinDecision? _entered;

    public RouteSettler(MeetingRouteOptions options, RouteWorld world, RoutePeople people, Queue<RouteAction> actions, RouteTime now)
    {
        _options = options;
        _world = world;
        _people = people;
        _actions = actions;
        _grants = new GrantDesk(options, actions, options.FirstSerial > 0 ? options.FirstSerial : now.UtcSeconds * RouteTimes.SerialsASecond);
        _relays = new RelayDesk(_grants, actions);
        _formerUntil = now.Milliseconds + RouteTimes.Carrying;
        _former = [.. options.Former.Nodes];
        _people.Former = options.Former;
        _moves = new RouteMoves(people, world, _grants, _relays, actions);
        _plans = new RoutePlans(options, world, people, _grants, this);
        View = RouteViews.Make(options, world, people, _plans, _grants, _relays, now.Milliseconds);
    }

    public RouteView View { get; private set; }

    public RouteMemory Memory => _people.Remember(_grants.Legs.Select(static leg => leg.Node).Concat(_former));

    /// <summary>Something has changed that plans depend on.</summary>
    public void Changed() => _isDirty = true;

    /// <summary>The meeting is over: no node that was granted it before is of use any more.</summary>
    public void End() => _isOver = true;

    /// <summary>Lets somebody in as soon as may be.</summary>
    /// <param name="member">Who.</param>
    /// <param name="judged">The plan with which the join was judged: it is the plan now, if nothing else has changed.</param>
    /// <param name="now">The time.</param>
    public JoinDecision Enter(RouteMember member, RoutePlan? judged, RouteTime now)
    {
        _plans.Suggested = _isDirty ? null : judged;
        _people.Add(member);
        _isDirty = true;
        (_entering, _entered) = (member.Id, null);
        Settle(now);
        _entering = null;
        return _entered ?? new JoinDecision { Outcome = MayForbiddenCarry(now.Milliseconds) ? JoinOutcome.Tightening : JoinOutcome.Preparing };
    }

    public void Remove(RouteMember member)
    {
        _people.Remove(member);
        _isDirty = true;
    }

    /// <summary>Gives somebody their final decision, as the answer to the join that is under way or later.</summary>
    public void Decide(string participant, JoinDecision decision)
    {
        if (participant == _entering)
            _entered = decision;
        else
            _actions.Enqueue(new DecideNewcomer(participant, decision));
    }

    /// <summary>Takes somebody out against their will.</summary>
    public void Drop(RouteMember member, RouteRefusal refusal)
    {
        _people.Remove(member);
        if (member.IsAdmitted)
            _actions.Enqueue(new EndParticipant(member.Id, refusal));
        else
            Decide(member.Id, JoinDecision.Refuse(refusal));
    }

    public void Answer(string node, long serial, GrantRefusal? refusal, RouteTime now)
    {
        if (_grants.Answer(node, serial, refusal, now))
            Lose(node, refuses: true, now.Milliseconds);
        _isViewDirty = true;
    }

    public void GrantEnded(string node, RouteTime now)
    {
        if (_grants.Ended(node, _plans.Epoch, now))
            _moves.LeaveNode(node);
        _isViewDirty = true;
    }

    public string? NodeOf(string participant, long now) =>
        _people.Find(participant) is not { IsAdmitted: true } member ? null : new[] { member.Target, member.At }.FirstOrDefault(node => node is not null && _grants.Holds(node, now));

    public void Moved(string participant, string node)
    {
        _moves.Moved(participant, node, _plans.Current?.Nodes.GetValueOrDefault(participant));
        _isViewDirty = true;
    }

    public void RelayUp(RelayLink relay) => _isViewDirty |= _relays.Up(relay);

    public void RelayDown(RelayLink relay, long now) => _isViewDirty |= _relays.Down(relay, now);

    public void Tick(RouteTime now)
    {
        _isDirty |= _world.Expire(now.Milliseconds);
        _lost.Clear();
        _grants.Tick(_plans.Epoch, now, _lost);
        foreach (string node in _lost)
            Lose(node, refuses: false, now.Milliseconds);
        _relays.Tick(now.Milliseconds);
        ForgetFormer(now.Milliseconds);
    }

    public void Settle(RouteTime now)
    {
        if (_isDirty)
        {
            _isDirty = false;
            _isViewDirty = true;
            _plans.Renew(now.Milliseconds);
            _before = _before?.Under(_world.Directory);
        }

        RevokeFormer(now);
        Arrange(now);
        Admit(now.Milliseconds);
        if (!_isViewDirty)
            return;
        _isViewDirty = false;
        RouteView view = RouteViews.Make(_options, _world, _people, _plans, _grants, _relays, now.Milliseconds);
        if (RouteViews.AreSame(view, View))
            return;
        View = view;
        _actions.Enqueue(new RouteChanged(view));
    }

    public long NextDeadline() =>
        Math.Min(Math.Min(Math.Min(_grants.NextDeadline(), _relays.NextDeadline()), Math.Min(_world.NextDeadline(), _moves.NextDeadline())), _people.HasFormer ? _formerUntil : long.MaxValue);

    // After a restart: whatever a forbidden node was granted before must be gone before anybody is admitted.
    private void RevokeFormer(RouteTime now)
    {
        foreach (string node in _former.ToArray())
        {
            bool hasEnded = now.Milliseconds >= _formerUntil || _grants.Find(node) is not null;
            if (!hasEnded && !_isOver && _plans.Wanted.Allows(_world.RegionOf(node)))
                continue;
            _former.Remove(node);
            if (!hasEnded)
                _grants.Suspect(node, _world.RegionOf(node) ?? "", _formerUntil, _plans.Epoch, now);
        }
    }

    private void ForgetFormer(long now)
    {
        if (!_people.HasFormer || now < _formerUntil)
            return;
        _people.Former = RouteMemory.None;
        _isDirty = true;
    }

    private void Lose(string node, bool refuses, long now)
    {
        _world.Avoid(node, now + RouteTimes.Avoidance, refuses);
        _isDirty = true;
    }

    private void Arrange(RouteTime now)
    {
        _isViewDirty |= _moves.LeaveClosed(now.Milliseconds);
        string[] nodes = _moves.NodesInUse(now.Milliseconds);
        MarkClosing(nodes, now.Milliseconds);
        RouteFence fence = FenceOver(nodes);
        RelayLink[] planned = [.. RouteTree.Of(_plans.Current)];
        List<RelayLink> tree = Tree(nodes, planned, fence);
        foreach (string node in nodes)
            Grant(node, tree, planned, fence, now);
        _isViewDirty |= _relays.Use(tree, now.Milliseconds);
        _moves.Ask(tree, _plans.Wanted, now.Milliseconds);
        foreach (NodeLeg leg in _grants.Legs.Where(leg => !leg.IsRevoking && !nodes.Contains(leg.Node)).ToArray())
            _grants.Release(leg, _plans.Epoch, now);
    }

    // A node that the fence forbids, or that does not answer, is left within a bounded time.
    private void MarkClosing(string[] nodes, long now)
    {
        foreach (string node in nodes)
        {
            if (_grants.Find(node) is not { IsRevoking: false } leg)
                continue;
            if (_plans.Wanted.Allows(_world.RegionOf(node)) && !_world.IsAvoided(node))
                leg.StayOpen(now);
            else if (leg.CloseBy == long.MaxValue)
                leg.CloseBy = now + RouteTimes.Tightening;
        }
    }

    private RouteFence FenceOver(string[] nodes)
    {
        if (nodes.All(node => _plans.Wanted.Allows(_world.RegionOf(node))))
            _before = _plans.Wanted;
        else if (_before is { } before && nodes.All(node => before.Allows(_world.RegionOf(node))))
            return before;
        return _plans.Wanted;
    }

    private List<RelayLink> Tree(string[] nodes, RelayLink[] planned, RouteFence fence)
    {
        bool isSettled = _plans.Current is { } plan && nodes.All(node => plan.Nodes.Values.Contains(node));
        return RouteTree.Build(
            nodes,
            isSettled ? [] : _relays.Open,
            planned,
            relay => fence.Allows(_world.RegionOf(relay.A)) && fence.Allows(_world.RegionOf(relay.B)),
            (a, b) => _world.Planning.Delays.Between(_world.RegionOf(a)!, _world.RegionOf(b)!));
    }

    private void Grant(string node, List<RelayLink> tree, RelayLink[] planned, RouteFence fence, RouteTime now)
    {
        string? region = _world.RegionOf(node);
        bool mayHold = fence.Allows(region) && !_world.IsAvoided(node) && (_plans.Wanted.Allows(region) || _grants.Holds(node, now.Milliseconds));
        if (!mayHold)
            return;

        // The plan's own relays are named already, so that nothing needs to be granted again when the tree becomes it.
        IEnumerable<string> peers = tree.Concat(planned).Where(relay => relay.Touches(node)).Select(relay => relay.Other(node)).Where(peer => fence.Allows(_world.RegionOf(peer)));
        bool isAwaited = _people.All.Any(member => !member.IsAdmitted && member.Target == node);
        _grants.Want(node, region!, new GrantContent(peers, fence), isAwaited, _plans.Epoch, now);
    }

    private bool MayForbiddenCarry(long now) => _grants.Legs.Any(leg => now < leg.MayCarryUntil && !_plans.Wanted.Allows(leg.Region));

    // Only once everything that the wanted fence forbids is closed (I3).
    private void Admit(long now)
    {
        if (MayForbiddenCarry(now))
            return;
        foreach (RouteMember member in _people.All)
        {
            if (member.IsAdmitted || member.Target is not { } target || _grants.Find(target) is not { } leg || !leg.Holds(now) || !leg.Held!.Equals(leg.Asked))
                continue;
            member.IsAdmitted = true;
            member.At = target;
            _isViewDirty = true;
            Decide(member.Id, JoinDecision.Admit(target));
        }
    }
}
