using System.Security.Cryptography;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Planning;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Histories;

/// <summary>The home: the route under test, and what carries out its actions. Rules can be broken on purpose.</summary>
internal sealed class ModelHome
{
    public const long Epoch = 1_800_000_000;

    private readonly VirtualTime _time;
    private readonly ControlNetwork _network;
    private readonly HistoryChecker _checker;
    private readonly BrokenRule _broken;
    private readonly long _offset;
    private readonly ECDsa _key;
    private readonly Dictionary<(string, string), long> _streams = [];
    private readonly HashSet<(string, string)> _open = [];
    private readonly HashSet<string> _charged = [];
    private readonly MeetingRouteOptions _options;
    private readonly List<FenceEdit> _unapplied = [];
    private RouteMemory _memory = RouteMemory.None;
    private int _life;
    private long _tickAt = long.MaxValue;

    public ModelHome(HistoryWorld world, VirtualTime time, ControlNetwork network, HistoryChecker checker, BrokenRule broken)
    {
        (_time, _network, _checker, _broken, Directory) = (time, network, checker, broken, world.Directory);
        _key = world.Key;
        _offset = world.Offsets[HistoryWorld.Issuer];
        Nodes = world.Directory.Nodes.ToDictionary(static node => node.Id, node => new ModelNode(node, world, broken));
        MeetingRouteOptions options = new() { Meeting = HistoryWorld.Meeting, Issuer = HistoryWorld.Issuer };
        _options = broken.HasFlag(BrokenRule.PlannerSeesAllRegions) ? options with { Planner = SeeAll } : options;
        Route = new MeetingRoute(_options, world.Directory, Time);
    }

    /// <summary>Hears what happens, to explain a failure.</summary>
    public Action<string>? Trace { get; set; }

    public MeetingRoute Route { get; private set; }

    public Dictionary<string, ModelNode> Nodes { get; }

    public Dictionary<string, ModelClient> Clients { get; } = [];

    public RegionDirectory Directory { get; private set; }

    /// <summary>What the host says to the next request; null: nothing.</summary>
    public bool? HostSays { get; set; }

    public RouteTime Time => new(_time.Now, Epoch + _offset + (_time.Now / 1000));

    public void Use(RegionDirectory directory)
    {
        Directory = directory;
        _checker.Changed(zeroGrace: false);
        Do(route => route.Use(directory, Time));
    }

    /// <summary>The home's process ends and comes back: it has what it wrote down, and everybody comes again.</summary>
    public void Restart()
    {
        _life++;
        _streams.Clear();
        _open.Clear();
        _charged.Clear();
        RouteMemory former = _memory;
        if (_broken.HasFlag(BrokenRule.HomeForgetsItsNodes))
            former = former with { Nodes = [] };
        if (_broken.HasFlag(BrokenRule.HomeForgetsItsPeople))
            former = former with { Fences = [], Countries = [] };
        Route = new MeetingRoute(_options with { Former = former }, Directory, Time);
        _unapplied.Clear();
        _unapplied.AddRange(_checker.Scopes);
        foreach (ModelClient client in Clients.Values.Where(static client => !client.IsGone))
            _time.In(500 + (_network.Soon() * 10), client.ComeAgain);
    }

    /// <summary>A node that is reached again does what it missed.</summary>
    public void Reconnect(ModelNode node)
    {
        node.IsCut = false;
        TakeCharge(node);
    }

    /// <summary>Every node looks after its grants, and says when one ended.</summary>
    public void Sweep()
    {
        foreach (ModelNode node in Nodes.Values)
        {
            if (!node.Sweep(_time.Now))
                continue;
            _network.Send(() =>
            {
                if (!node.IsCut)
                    Do(route => route.GrantEnded(node.Id, Time));
            });
        }
    }

    /// <summary>Clients hear the scopes' fences a little later.</summary>
    public void Tell()
    {
        foreach (ModelClient client in Clients.Values)
            _time.In(_network.Soon(), () => client.Learn(_checker.ScopeFences));
    }

    public JoinDecision Join(JoinWish wish)
    {
        if (_broken.HasFlag(BrokenRule.HomeForgetsFences))
            wish = wish with { Fence = null };
        if (_broken.HasFlag(BrokenRule.HomeForgetsCountries))
            wish = wish with { Country = "DE" };
        if (Unapplied() is { } unapplied)
            return new JoinDecision { Outcome = JoinOutcome.Refused, Refusal = unapplied };
        JoinDecision decision = Route.Join(wish, Time);
        if (_broken.HasFlag(BrokenRule.HomeAdmitsAtOnce) && decision.Outcome == JoinOutcome.Tightening)
            _checker.Decided(wish.Participant, new JoinDecision { Outcome = JoinOutcome.Admitted, Node = HistoryWorld.Issuer }, isSure: false);
        Pump();
        return decision;
    }

    public RouteRefusal? Edit(FenceEdit edit)
    {
        RouteRefusal? refusal = Unapplied(except: edit.Scope) ?? Route.EditFence(edit, Time);
        if (refusal is null)
            _unapplied.RemoveAll(other => other.Scope == edit.Scope);
        return refusal;
    }

    public void Do(Action<MeetingRoute> act)
    {
        act(Route);
        Pump();
    }

    public void Pump()
    {
        while (Route.TryTake(out RouteAction? action))
            Execute(action!);
        if (Route.NextDeadline >= _tickAt || Route.NextDeadline == long.MaxValue)
            return;
        _tickAt = Math.Max(Route.NextDeadline, _time.Now);
        _time.In(_tickAt - _time.Now, Tick);
    }

    private static RoutePlan? SeeAll(PlanningWorld world, PlanRequest request, out PlanRefusal? refusal) =>
        Planner.Plan(world, request with { AllowedRegions = world.Nodes.Select(static node => node.Region).ToHashSet() }, out refusal);

    // Nobody comes in before the stored fences are in force.
    private RouteRefusal? Unapplied(GeofenceScope? except = null)
    {
        foreach (FenceEdit edit in _unapplied.Where(edit => edit.Scope != except).ToArray())
        {
            if (Route.EditFence(edit, Time) is { } refusal)
                return refusal;
            _unapplied.Remove(edit);
        }

        return null;
    }

    private void Tick()
    {
        _tickAt = long.MaxValue;
        if (Route.NextDeadline <= _time.Now && !_broken.HasFlag(BrokenRule.HomeForgetsDeadlines))
        {
            Route.Tick(Time);
            if (Route.NextDeadline <= _time.Now)
                _checker.Fail($"deadline {Route.NextDeadline} does not move forward");
        }

        if (_broken.HasFlag(BrokenRule.HomeForgetsDeadlines))
            Drain();
        else
            Pump();
    }

    private void Drain()
    {
        while (Route.TryTake(out RouteAction? action))
            Execute(action!);
    }

    private void Execute(RouteAction action)
    {
        Trace?.Invoke($"{_time.Now} {action}");
        switch (action)
        {
            case IssueGrant issue:
                Send(issue.Grant);
                break;
            case IssueRevocation revocation:
                if (!_broken.HasFlag(BrokenRule.HomeSendsNoRevocations))
                    Send(revocation.Grant);
                break;
            case OpenRelay open:
                InOrder(open.A, open.B, () => Open(Nodes[open.A], Nodes[open.B]));
                break;
            case CloseRelay close:
                if (!_broken.HasFlag(BrokenRule.HomeLeavesRelaysOpen))
                    InOrder(close.A, close.B, () => Close(Nodes[close.A], Nodes[close.B]));
                break;
            case MoveParticipant move:
                _checker.Sent(move.Node);
                _time.In(_network.Soon(), () => Clients.GetValueOrDefault(move.Participant)?.Move(move.Node));
                break;
            case EndParticipant end:
                _checker.Ended(end.Participant, end.Refusal);
                Clients.GetValueOrDefault(end.Participant)?.Leave();
                break;
            case DecideNewcomer decide:
                _checker.Decided(decide.Participant, decide.Decision);
                _time.In(_network.Soon(), () => Clients.GetValueOrDefault(decide.Participant)?.Decided(decide.Decision));
                break;
            case AskHost ask when HostSays is { } answer:
                MeetingRoute asking = Route;
                _time.In(_network.Soon() * 20, () => Do(route =>
                {
                    if (route == asking)
                        route.HostDecides(ask.Request.Id, answer, Time);
                }));
                break;
            case RouteChanged changed:
                _checker.Viewed(changed.View);
                HashSet<string> forbidden = [.. changed.View.Regions.Where(static verdict => !verdict.Allowed).Select(static verdict => verdict.Region)];
                foreach (ModelClient client in Clients.Values)
                    _time.In(100, () => client.Hear(forbidden));
                break;
        }
    }

    private void Send(RouteGrant grant)
    {
        _checker.Issued(grant);
        if (!grant.Revokes)
            _memory = Route.Memory;
        int own = _life;
        if (_broken.HasFlag(BrokenRule.HomeConfirmsGrantsItself))
            _time.In(0, () => Do(route => route.GrantAnswered(grant.Node, grant.Serial, null, Time)));
        ModelNode node = Nodes[grant.Node];
        string text = GrantSigner.Sign(grant with { Life = node.LifeName }, _key);
        long sent = _time.Now;
        bool arrived = false;
        _network.Send(() =>
        {
            // A carrier gives up in time: what comes later is a copy of what came before.
            if (!node.IsAlive || node.IsCut || (!arrived && _time.Now - sent > RouteTimes.Transit))
                return;
            arrived = true;
            string[] people = [.. node.People];
            GrantRefusal? refusal = node.Take(text, _time.Now);
            _checker.CutOff(people.Where(id => !node.People.Contains(id)).Select(id => Clients[id]));
            Trace?.Invoke($"{_time.Now} {node.Id} answers {grant.Serial}: {refusal?.Sentence ?? "yes"}");
            if (refusal?.Rule == GrantRefusal.OtherLife)
                return;
            _network.Send(() =>
            {
                if (node.IsCut || own != _life)
                    return;
                if (refusal is null && !grant.Revokes && _charged.Add(node.Id))
                    TakeCharge(node);
                Do(route => route.GrantAnswered(grant.Node, grant.Serial, refusal, Time));
            });
        });
    }

    // A node drops the rows that the home does not know, and tells the other ends.
    private void TakeCharge(ModelNode node)
    {
        foreach (string peer in node.Peers.Where(peer => !_open.Contains((node.Id, peer)) && !_open.Contains((peer, node.Id))).ToArray())
        {
            node.Peers.Remove(peer);
            Nodes[peer].Peers.Remove(node.Id);
        }
    }

    private void InOrder(string a, string b, Action act)
    {
        long at = Math.Max(_time.Now + _network.Soon(), _streams.GetValueOrDefault((a, b)));
        _streams[(a, b)] = at;
        int own = _life;
        _time.In(at - _time.Now, () =>
        {
            if (own == _life)
                act();
        });
    }

    private void Open(ModelNode a, ModelNode b)
    {
        bool isUp = a.Lets(_time.Now) && b.Lets(_time.Now) && !a.IsCut && !b.IsCut && a.LetsPeer(b, _time.Now) && b.LetsPeer(a, _time.Now);
        if (isUp)
        {
            _open.Add((a.Id, b.Id));
            a.Peers.Add(b.Id);
            b.Peers.Add(a.Id);
        }

        int own = _life;
        _time.In(_network.Soon(), () => Do(route =>
        {
            if (own != _life)
                return;
            if (isUp)
                route.RelayUp(a.Id, b.Id, Time);
            else
                route.RelayDown(a.Id, b.Id, Time);
        }));
    }

    private void Close(ModelNode a, ModelNode b)
    {
        _open.Remove((a.Id, b.Id));
        if (!a.IsCut)
            a.Peers.Remove(b.Id);
        if (!b.IsCut)
            b.Peers.Remove(a.Id);
    }
}
