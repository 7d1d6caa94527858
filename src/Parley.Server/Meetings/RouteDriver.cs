using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Routes;
using Parley.Server.Problems;
using Parley.Server.Routes;

namespace Parley.Server.Meetings;

/// <summary>Carries out what a meeting's route wants and tells it what came of it. It decides nothing itself. One caller at a time, all on the grain's scheduler.</summary>
internal sealed class RouteDriver(MeetingRoute route, MeetingState state, MeetingRooms rooms, GrantCourier courier, RouteLedger ledger, MeetingSurroundings surroundings, ILogger log)
{
    // Milliseconds between two notices of the route for each participant.
    private const long ViewSpacing = 5;

    private readonly Dictionary<string, TightenRequest> _questions = [];
    private readonly HashSet<(string A, string B)> _relays = [];
    private RouteView? _untold;
    private long _told = long.MinValue / 2;
    private bool _draining;

    /// <summary>Whether it has something to do while nobody is in the meeting: nodes to be told that it is over.</summary>
    public bool IsBusy => route.NextDeadline != long.MaxValue;

    /// <summary>Whether <see cref="Tick"/> would do something for the time alone.</summary>
    public bool IsDue => _untold is not null || route.NextDeadline <= surroundings.Now.Milliseconds;

    /// <summary>The live route as it is shown.</summary>
    public RouteInfo View => Show(route.View);

    /// <summary>What the host may be asked, and is still to answer.</summary>
    public IEnumerable<TightenQuestion> Questions => _questions.Values.Select(Question);

    /// <summary>How much a newcomer's fence may lengthen anyone's expected delay unasked, milliseconds.</summary>
    public void SetTightenLimit(int limit) => route.TightenLimit = limit;

    /// <summary>The node that the plan gives a participant; null: none.</summary>
    public string? NodeOf(string participant) => route.NodeOf(participant, surroundings.Now);

    /// <summary>Somebody wants to take part; the decision is told to the newcomer.</summary>
    public void Join(JoinWish wish, Newcomer newcomer)
    {
        JoinDecision decision = route.Join(wish, surroundings.Now);
        if (decision.Outcome is JoinOutcome.Admitted or JoinOutcome.Refused)
            newcomer.Decide(decision);
        else if (decision.Outcome is JoinOutcome.Tightening or JoinOutcome.HostAsked)
            newcomer.Observer?.JoinWaiting(decision.Outcome == JoinOutcome.HostAsked ? "host" : "moving").Ignore();
        Drain();
    }

    /// <summary>Somebody is gone; unknown ids are let pass.</summary>
    public void Leave(string participant)
    {
        route.Leave(participant, surroundings.Now);
        Drain();
    }

    /// <summary>The meeting is over: what nodes were granted before a restart of the home is revoked too.</summary>
    public void End()
    {
        route.End(surroundings.Now);
        Drain();
    }

    /// <summary>A participant's new transport carries media.</summary>
    public void Moved(string participant, string node)
    {
        route.Moved(participant, node, surroundings.Now);
        Drain();
    }

    /// <summary>A relay has broken; the route has it opened again.</summary>
    public void RelayLost(string a, string b)
    {
        route.RelayDown(a, b, surroundings.Now);
        Drain();
    }

    /// <summary>The nodes that a node's room is to be relayed with.</summary>
    public IReadOnlyCollection<string> PeersOf(string node) => [.. _relays.Where(relay => relay.A == node || relay.B == node).Select(relay => relay.A == node ? relay.B : relay.A)];

    /// <summary>The control of a node's room was lost: it is taken up again where the room is needed for relays, and those that are missing are made.</summary>
    public void Reconcile(string node)
    {
        foreach ((string a, string b) in _relays.Where(relay => relay.A == node || relay.B == node).ToArray())
            Run(OpenRelayAsync(a, b));
    }

    /// <summary>A node has let go of its grant by itself: the route gives it another, or plans without it.</summary>
    public void GrantEnded(string node)
    {
        route.GrantEnded(node, surroundings.Now);
        Drain();
    }

    /// <summary>Replaces the geofence of a scope.</summary>
    /// <exception cref="ProblemException">It cannot be.</exception>
    public void Edit(FenceEdit edit)
    {
        if (route.EditFence(edit, surroundings.Now) is { } refusal)
            throw RouteProblems.Of(refusal);
        Drain();
    }

    /// <summary>What joining, or another geofence, would do; changes nothing.</summary>
    public PreviewInfo Preview(RouteQuestion question, string home, bool forHost)
    {
        surroundings.Report(route, state.TransportsOn);
        Geofence? fence = question.Fence?.ToGeofence();
        RoutePreview preview = question.Edits
            ? route.Preview(new FenceEdit(GeofenceScope.Meeting, fence ?? Geofence.Open))
            : route.Preview(surroundings.Wish(RandomIds.Participant(), question.Country, fence, question.RoundTrips, forHost));
        return RouteViews.Of(preview, home, question.Country, forHost);
    }

    /// <summary>A host's answer.</summary>
    /// <exception cref="ProblemException">Nothing of the kind is to be decided.</exception>
    public void Decide(string request, bool accept)
    {
        if (!_questions.ContainsKey(request))
            throw FenceRefusals.RequestUnknown();
        Withdraw(request);
        route.HostDecides(request, accept, surroundings.Now);
        Drain();
    }

    /// <summary>Looks at nodes, directory and network again, and lets time pass.</summary>
    public void Tick()
    {
        surroundings.Report(route, state.TransportsOn);
        route.Tick(surroundings.Now);
        Drain();
        TellView();
    }

    private void Drain()
    {
        // What is done at once answers at once: the rest of the queue comes first.
        if (_draining)
            return;
        _draining = true;
        try
        {
            while (route.TryTake(out RouteAction? action))
                Do(action!);
            Run(ledger.TidyAsync(route.Memory));
            TellView();
        }
        finally
        {
            _draining = false;
        }
    }

    private void Do(RouteAction action)
    {
        switch (action)
        {
            case IssueGrant issue: Run(SendAsync(issue.Grant)); break;
            case IssueRevocation issue: Run(RevokeAsync(issue.Grant)); break;
            case MoveParticipant move: Move(move); break;
            case EndParticipant end: state.End(end.Participant, end.Refusal); break;
            case OpenRelay relay: Run(OpenRelayAsync(relay.A, relay.B)); break;
            case CloseRelay relay: CloseRelay(relay.A, relay.B); break;
            case AskHost ask: Ask(ask.Request); break;
            case WithdrawRequest withdraw: Withdraw(withdraw.Id); break;
            case DecideNewcomer decide: state.FindNewcomer(decide.Participant)?.Decide(decide.Decision); break;
            case RouteChanged changed: _untold = changed.View; break;
        }
    }

    private async Task SendAsync(RouteGrant grant)
    {
        if (await courier.SendAsync(grant, grant.Revokes ? Task.CompletedTask : ledger.KeepAsync(route.Memory)) is not { } answer)
            return;
        route.GrantAnswered(grant.Node, grant.Serial, answer.Refusal, surroundings.Now);
        Drain();
    }

    private Task RevokeAsync(RouteGrant revocation)
    {
        rooms.Drop(revocation.Node);
        return SendAsync(revocation);
    }

    private void Move(MoveParticipant move)
    {
        if (surroundings.RegionOf(move.Node) is not { } region || state.Roster.Find(move.Participant) is not { } person)
            return;

        // Who has begun to connect there needs no second word.
        if (person.Transport?.Node == move.Node)
            return;
        string reason = move.Reason switch
        {
            MoveReason.Fence => "fence",
            MoveReason.NodeLost => "node-lost",
            _ => "plan",
        };
        person.Observer?.Move(new MoveInfo(reason, move.Node, region)).Ignore();
    }

    private async Task OpenRelayAsync(string a, string b)
    {
        _relays.Add((a, b));
        GrantRefusal? refusal;
        try
        {
            await Task.WhenAll(rooms.OpenAsync(a), rooms.OpenAsync(b));
            refusal = await rooms.AskAsync(a, (room, death) => room.RelayAsync(b, death));
        }
        catch (ProblemException problem)
        {
            refusal = new GrantRefusal(problem.Code, problem.Message);
        }

        if (!_relays.Contains((a, b)))
        {
            rooms.Find(a)?.Unrelay(b);
            return;
        }

        if (refusal is null)
        {
            route.RelayUp(a, b, surroundings.Now);
        }
        else
        {
            log.LogInformation("Relay {From} - {To} is not up: {Rule}", a, b, refusal.Rule);
            route.RelayDown(a, b, surroundings.Now);
        }

        Drain();
    }

    private void CloseRelay(string a, string b)
    {
        _relays.Remove((a, b));
        rooms.Find(a)?.Unrelay(b);
        rooms.Find(b)?.Unrelay(a);
    }

    private void Ask(TightenRequest request)
    {
        _questions[request.Id] = request;
        TightenQuestion question = Question(request);
        state.Tell(observer => observer.TightenAsked(question), only: static person => person.IsHost);
    }

    private void Withdraw(string request)
    {
        if (_questions.Remove(request))
            state.Tell(observer => observer.TightenWithdrawn(request), only: static person => person.IsHost);
    }

    private TightenQuestion Question(TightenRequest request) =>
        new(request.Id, state.FindNewcomer(request.Participant)?.Name ?? "", Geofences.GeofenceInput.Of(request.Fence), RouteViews.Of(request.Consequences));

    // Everyone is told of everyone: in a large meeting, the less often.
    private void TellView()
    {
        long now = surroundings.Now.Milliseconds;
        if (_untold is not { } view || now - _told < state.Roster.Count * ViewSpacing)
            return;
        (_untold, _told) = (null, now);
        RouteInfo info = Show(view);
        state.Tell(observer => observer.RouteChanged(info));
    }

    private RouteInfo Show(RouteView view) => RouteViews.Of(view, surroundings.Platform, surroundings.Nodes, state.CountryOf);

    private void Run(Task task)
    {
        if (!task.IsCompletedSuccessfully)
            _ = WatchAsync(task);
    }

    private async Task WatchAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception fault)
        {
            log.LogError(fault, "A step of a meeting's route failed");
        }
    }
}
