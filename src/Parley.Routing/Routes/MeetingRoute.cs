using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>
/// The route of one meeting as a pure state machine in the home region: told everything and the time, it says what is to be done (<see cref="TryTake"/>) and when it wants to be told the time
/// again (<see cref="NextDeadline"/>). Whatever does not happen, a grant that no node confirms or a relay that does not come up, it takes as not being so.
/// </summary>
/// <remarks>
/// The order when a fence narrows (I3): grants and relays of the new legs; moves; when all have moved, or after <see cref="RouteTimes.Tightening"/>, the forbidden nodes are closed: relays, then
/// revocations, sent until confirmed or until every grant ever sent there has run out; only then newcomers are admitted. While people leave a forbidden node, grants name the fence from before,
/// under which all nodes in use may relay; that node gets none that outlasts the change.
/// A person is <em>waiting</em> (their fence counts, they are on no node), <em>admitted</em> (on a node, or on the way to one) or gone. Not thread-safe.
/// </remarks>
public sealed class MeetingRoute
{
    private readonly Queue<RouteAction> _actions = new();
    private readonly RoutePeople _people = new();
    private readonly RouteWorld _world;
    private readonly RouteJudge _judge;
    private readonly RouteSettler _settler;
    private readonly HostDesk _host;

    /// <summary>Makes the route of an empty meeting; no node is known to run yet.</summary>
    /// <param name="options">The meeting.</param>
    /// <param name="directory">A verified directory.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArgumentException">The meeting's id names no home region.</exception>
    public MeetingRoute(MeetingRouteOptions options, RegionDirectory directory, RouteTime now)
    {
        _ = options.Home;
        _world = new RouteWorld(directory);
        _judge = new RouteJudge(options, _world, _people);
        _settler = new RouteSettler(options, _world, _people, _actions, now);
        _host = new HostDesk(_actions, _settler);
        _settler.Settle(now);
    }

    /// <summary>The route as people see it.</summary>
    public RouteView View => _settler.View;

    /// <summary>What a route after a restart of the home must be told (<see cref="MeetingRouteOptions.Former"/>). It must be kept before a grant is handed over that was taken here.</summary>
    public RouteMemory Memory => _settler.Memory;

    /// <summary>When it wants <see cref="Tick"/>, in <see cref="RouteTime.Milliseconds"/>; <see cref="long.MaxValue"/>: not before something happens.</summary>
    public long NextDeadline => Math.Min(_host.NextDeadline(), _settler.NextDeadline());

    /// <summary>The most that a newcomer's fence may add to anybody's expected delay without the host being asked, ms.</summary>
    public double TightenLimit
    {
        get => _judge.TightenLimit;
        set => _judge.TightenLimit = value;
    }

    /// <summary>
    /// The node on which a participant who makes a new transport now makes it: the plan's when it holds a grant, else the one that carries them; null when there is none at the moment, and
    /// for who is not admitted.
    /// </summary>
    public string? NodeOf(string participant, RouteTime now) => _settler.NodeOf(participant, now.Milliseconds);

    /// <summary>Takes the next thing to be done; false when there is none.</summary>
    public bool TryTake(out RouteAction? action) => _actions.TryDequeue(out action);

    /// <summary>Somebody wants to take part. Whoever is in the meeting under that id leaves first.</summary>
    public JoinDecision Join(JoinWish wish, RouteTime now)
    {
        Leave(wish.Participant, now);
        return Judge(wish, now);
    }

    /// <summary>Somebody leaves, waiting or not; unknown ids are let pass.</summary>
    public void Leave(string participant, RouteTime now)
    {
        _host.Forget(participant);
        if (_people.Find(participant) is not { } member)
            return;
        _settler.Remove(member);
        _settler.Settle(now);
        if (_people.HasHost)
            return;
        foreach (JoinWish wish in _host.TakeAll())
            Decide(wish, Judge(wish, now));
    }

    /// <summary>The meeting is over: nodes that were granted it before a restart of the home are told so at once, not left to the end of those grants. Those that are used let go as people leave.</summary>
    public void End(RouteTime now)
    {
        _settler.End();
        _settler.Settle(now);
    }

    /// <summary>Replaces a scope's geofence; says why not otherwise. Who reaches nothing that is still allowed is ended.</summary>
    /// <exception cref="ArgumentException">The scope is a participant's.</exception>
    public RouteRefusal? EditFence(FenceEdit edit, RouteTime now)
    {
        RequireScope(edit);
        if (_judge.Edit(edit).Refusal is { } refusal)
            return refusal;
        _people.Set(edit);
        _settler.Changed();
        _settler.Settle(now);
        return null;
    }

    /// <summary>What a join would do; changes nothing.</summary>
    public RoutePreview Preview(JoinWish wish) => ToPreview(_judge.Join(wish, isPreview: true), wish.Participant);

    /// <summary>What an edit would do; changes nothing.</summary>
    /// <exception cref="ArgumentException">The scope is a participant's.</exception>
    public RoutePreview Preview(FenceEdit edit)
    {
        RequireScope(edit);
        return ToPreview(_judge.Edit(edit), null);
    }

    /// <summary>The host's answer to a <see cref="TightenRequest"/>; unknown ids are let pass. Others may have changed things meanwhile: a refusal still may follow.</summary>
    public void HostDecides(string request, bool accept, RouteTime now)
    {
        if (_host.Take(request) is not { } wish)
            return;
        if (!accept)
        {
            _settler.Decide(wish.Participant, JoinDecision.Refuse(RouteRefusals.HostRefused()));
            return;
        }

        RouteJudgement judgement = _judge.Join(wish);
        Decide(wish, judgement.Refusal is { } refusal ? JoinDecision.Refuse(refusal) : _settler.Enter(new RouteMember(wish, isTightening: false), judgement.Plan, now));
    }

    /// <summary>A node is alive, with room for that many participants of this meeting, those that it carries included; or dead.</summary>
    /// <param name="node">The node.</param>
    /// <param name="capacity">Its room; null: it is dead.</param>
    /// <param name="now">The time.</param>
    public void NodeState(string node, int? capacity, RouteTime now)
    {
        if (!_world.Report(node, capacity))
            return;
        _settler.Changed();
        _settler.Settle(now);
    }

    /// <summary>Takes another verified directory.</summary>
    public void Use(RegionDirectory directory, RouteTime now)
    {
        _world.Use(directory);
        _settler.Changed();
        _settler.Settle(now);
    }

    /// <summary>Takes all measured delays between regions, replacing those before.</summary>
    public void Use(IEnumerable<RegionDelay> measured, RouteTime now)
    {
        _world.Use(measured);
        _settler.Changed();
        _settler.Settle(now);
    }

    /// <summary>A node's answer to a grant or a revocation.</summary>
    /// <param name="node">The node.</param>
    /// <param name="serial">The serial of what it answers.</param>
    /// <param name="refusal">Why it does not take it; null: it does.</param>
    /// <param name="now">The time.</param>
    public void GrantAnswered(string node, long serial, GrantRefusal? refusal, RouteTime now)
    {
        _settler.Answer(node, serial, refusal, now);
        _settler.Settle(now);
    }

    /// <summary>A node says that it carries the meeting no longer: its grant ran out, or its directory does not bear it out. It is asked again if it is needed.</summary>
    public void GrantEnded(string node, RouteTime now)
    {
        _settler.GrantEnded(node, now);
        _settler.Settle(now);
    }

    /// <summary>A participant's new transport carries media on a node.</summary>
    public void Moved(string participant, string node, RouteTime now)
    {
        _settler.Moved(participant, node);
        _settler.Settle(now);
    }

    /// <summary>A relay that was to be opened carries media.</summary>
    public void RelayUp(string a, string b, RouteTime now)
    {
        _settler.RelayUp(RelayLink.Between(a, b));
        _settler.Settle(now);
    }

    /// <summary>A relay broke, or could not be opened; it is opened again after a while.</summary>
    public void RelayDown(string a, string b, RouteTime now)
    {
        _settler.RelayDown(RelayLink.Between(a, b), now.Milliseconds);
        _settler.Settle(now);
    }

    /// <summary>Time has passed.</summary>
    public void Tick(RouteTime now)
    {
        _host.Tick(now);
        _settler.Tick(now);
        _settler.Settle(now);
    }

    private JoinDecision Judge(JoinWish wish, RouteTime now)
    {
        RouteJudgement judgement = _judge.Join(wish);
        if (judgement.Refusal is { } refusal)
            return JoinDecision.Refuse(refusal);
        if (judgement.NeedsHost)
        {
            return _people.HasHost
                ? _host.Ask(wish, judgement.Consequences, now)
                : JoinDecision.Refuse(RouteRefusals.NeedsHost(judgement.Consequences, judgement.Fence, TightenLimit, wish.Participant));
        }

        return _settler.Enter(new RouteMember(wish, judgement.Tightens && !wish.IsHost), judgement.Plan, now);
    }

    private void Decide(JoinWish wish, JoinDecision decision)
    {
        if (decision.Outcome is JoinOutcome.Admitted or JoinOutcome.Refused)
            _settler.Decide(wish.Participant, decision);
    }

    private static void RequireScope(FenceEdit edit)
    {
        if (edit.Scope == GeofenceScope.Participant)
            throw new ArgumentException("A participant brings their own geofence when they join.", nameof(edit));
    }

    private RoutePreview ToPreview(RouteJudgement judgement, string? participant)
    {
        string? node = participant is null ? null : judgement.Plan?.Nodes.GetValueOrDefault(participant);
        RouteRefusal? refusal = judgement.Refusal
            ?? (judgement.NeedsHost && !_people.HasHost ? RouteRefusals.NeedsHost(judgement.Consequences, judgement.Fence, TightenLimit, participant!) : null);
        return new RoutePreview
        {
            Verdicts = judgement.Fence.VerdictsFor(participant),
            Node = node,
            Region = node is null ? null : _world.RegionOf(node),
            ExpectedDelay = node is null ? null : judgement.Plan!.ExpectedDelays[participant!],
            IsComputed = node is not null && judgement.Plan!.IsComputed,
            Consequences = judgement.Consequences,
            NeedsHost = judgement.NeedsHost,
            Refusal = refusal,
        };
    }
}
