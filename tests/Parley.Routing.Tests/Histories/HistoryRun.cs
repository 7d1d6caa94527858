using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Planning;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Histories;

/// <summary>Runs a history: what happens, then a time without faults after which everything must be in order.</summary>
internal sealed class HistoryRun
{
    // Longer than the host has to answer the last who asked, or who came again.
    private const long Calm = 65_000;

    private readonly VirtualTime _time = new();
    private readonly HistoryWorld _world;
    private readonly ControlNetwork _network;
    private readonly HistoryChecker _checker;
    private readonly ModelHome _home;
    private readonly History _history;
    private readonly BrokenRule _broken;
    private readonly Random _random;
    private readonly int _capacity;
    private int _people;

    private HistoryRun(History history, BrokenRule broken, bool isSafetyOnly, bool isSigned = false)
    {
        (_history, _broken) = (history, broken);
        _world = new HistoryWorld(history.World, isSigned);
        _random = new Random(history.World);
        _capacity = _random.Next(4) == 0 ? 3 : 100;
        _network = new ControlNetwork(_time, history.World, history.Weather);
        _checker = new HistoryChecker(_time, isLenient: broken.HasFlag(BrokenRule.NodeIgnoresItsGate), isCalm: history.Weather == 0 && !isSafetyOnly);
        _home = new ModelHome(_world, _time, _network, _checker, broken);
        _checker.Home = _home;
        _checker.Changed(zeroGrace: false);
        _time.After = () =>
        {
            _checker.Check();
            return _checker.Failure is null;
        };
        foreach (Node node in _world.Directory.Nodes)
            _home.Do(route => route.NodeState(node.Id, _capacity, _home.Time));
        Every(ModelNode.SweepEvery, _home.Sweep);
        Every(1_000, () =>
        {
            foreach (ModelClient client in _home.Clients.Values)
                client.Poll();
        });
    }

    /// <summary>What went wrong; null when nothing did.</summary>
    public static string? Of(History history, BrokenRule broken = BrokenRule.None, bool isSafetyOnly = false, bool isSigned = false)
    {
        HistoryRun run = new(history, broken, isSafetyOnly, isSigned);
        return run.Play(isSafetyOnly);
    }

    /// <summary>The last things that happened in a history.</summary>
    public static string Explain(History history, BrokenRule broken = BrokenRule.None, bool isSafetyOnly = false)
    {
        List<string> lines = [];
        HistoryRun run = new(history, broken, isSafetyOnly);
        run._home.Trace = lines.Add;
        run.Play(isSafetyOnly);
        return string.Join('\n', lines.TakeLast(150));
    }

    private string? Play(bool isSafetyOnly)
    {
        foreach (HistoryStep step in _history.Steps)
        {
            if (!_time.RunUntil(_time.Now + step.Wait))
                return _checker.Failure;
            Happen(step);
            _checker.Check();
        }

        CalmDown();
        return _checker.Failure ?? (isSafetyOnly ? null : Disorder());
    }

    private void Every(long milliseconds, Action act) => _time.In(milliseconds, () =>
    {
        act();
        Every(milliseconds, act);
    });

    private void Happen(HistoryStep step)
    {
        _home.Trace?.Invoke($"{_time.Now} {step}");
        switch (step.Kind)
        {
            case HistoryEvent.Join:
                Join(step, null, false);
                break;
            case HistoryEvent.JoinWithFence:
                Join(step, HistoryWorld.Fence(step.What, isStrict: false), false);
                break;
            case HistoryEvent.JoinStrictly:
                Join(step, HistoryWorld.Fence(step.What, isStrict: true), false);
                break;
            case HistoryEvent.JoinAsHost:
                _home.HostSays = (step.What % 3) switch { 0 => null, 1 => true, _ => false };
                Join(step, null, true);
                break;
            case HistoryEvent.Leave:
                Leave(step.Who);
                break;
            case HistoryEvent.EditMeeting:
                Edit(new FenceEdit(GeofenceScope.Meeting, step.What % 5 == 0 ? Geofence.Open : HistoryWorld.Fence(step.What, step.Who % 3 == 0)));
                break;
            case HistoryEvent.EditOther:
                Edit(new FenceEdit((GeofenceScope)(step.Who % 4), step.What % 3 == 0 ? Geofence.Open : HistoryWorld.Fence(step.What, step.Who % 5 == 0)));
                break;
            case HistoryEvent.DelaysChange:
                RegionDelay[] delays = [.. _home.Directory.Regions.Skip(1).Select(region => new RegionDelay(HistoryWorld.Home, region.Id, _random.Next(1, 200)))];
                _home.Do(route => route.Use(delays, _home.Time));
                break;
            case HistoryEvent.DirectoryChanges when _home.Directory.Regions.Count > 1:
                ChangeDirectory(_world.Change(_home.Directory, step.What));
                break;
            case HistoryEvent.HomeRestarts:
                Restart();
                break;
            default:
                Trouble(step.Kind, _home.Nodes.Values.ElementAt(step.Who % _home.Nodes.Count));
                break;
        }
    }

    private void Trouble(HistoryEvent kind, ModelNode node)
    {
        switch (kind)
        {
            case HistoryEvent.NodeDies when node.IsAlive:
                _checker.LastUpheaval = _time.Now;
                node.Die();
                _time.In(1_500, () => Report(node));
                break;
            case HistoryEvent.NodeReturns when !node.IsAlive:
                _checker.LastUpheaval = _time.Now;
                _time.In(2_000, () => Return(node));
                break;
            case HistoryEvent.ControlIsCut:
                node.IsCut = true;
                _checker.LastUpheaval = _time.Now;
                _time.In(1_500, () => Report(node));
                break;
            case HistoryEvent.ControlIsMended:
                _checker.LastUpheaval = _time.Now;
                _home.Reconnect(node);
                _time.In(500, () => Report(node));
                break;
        }
    }

    private void Return(ModelNode node)
    {
        if (node.IsAlive)
            return;
        Report(node);
        node.Return();
        _checker.LastUpheaval = _time.Now;
        Report(node);
    }

    private void Report(ModelNode node) => _home.Do(route => route.NodeState(node.Id, node.IsAlive && !node.IsCut ? _capacity : null, _home.Time));

    private void Join(HistoryStep step, Geofence? fence, bool isHost)
    {
        if (_home.Clients.Values.Count(static client => !client.IsGone) >= 6)
            return;
        JoinWish wish = new()
        {
            Participant = $"p{++_people}",
            Country = HistoryWorld.Country(step.Who),
            Fence = fence,
            RoundTrips = HistoryWorld.RoundTrips(_home.Directory, step.Who * 7 + step.What),
            IsHost = isHost,
        };
        RoutePreview preview = _home.Route.Preview(wish with { RoundTrips = new Dictionary<string, double>() });
        if (preview.Refusal?.Rule is not ("selector-unknown" or "geofence-contradictory"))
            _checker.Previewed(wish, preview);
        ModelClient client = new(wish, _home, _time, _checker, _broken, isSlow: step.What % 4 == 0);
        client.Learn(_checker.ScopeFences);
        _home.Clients[wish.Participant] = client;
        _checker.Asked(wish);
        JoinDecision decision = _home.Join(wish);
        if (decision.Outcome is not (JoinOutcome.Admitted or JoinOutcome.Refused))
            return;
        _checker.Decided(wish.Participant, decision);
        client.Decided(decision);
    }

    private void Leave(int who)
    {
        ModelClient[] here = [.. _home.Clients.Values.Where(static client => !client.IsGone)];
        if (here.Length == 0)
            return;
        ModelClient client = here[who % here.Length];
        client.Leave();
        _checker.Left(client.Id);
        _home.Do(route => route.Leave(client.Id, _home.Time));
    }

    private void Edit(FenceEdit edit)
    {
        RouteRefusal? refusal = _home.Edit(edit);
        _checker.Edited(edit, refusal);
        _home.Tell();
        _home.Pump();
    }

    private void Restart()
    {
        _checker.Restarted();
        _home.Restart();
        foreach (ModelNode node in _home.Nodes.Values)
            Report(node);
    }

    private void ChangeDirectory(RegionDirectory directory)
    {
        _checker.LastUpheaval = _time.Now;
        foreach (ModelNode node in _home.Nodes.Values)
            _time.In(_network.Soon() * 10, () => node.Use(directory));
        _home.Use(directory);
    }

    private void CalmDown()
    {
        _network.IsMended = true;
        foreach (ModelNode node in _home.Nodes.Values)
        {
            _home.Reconnect(node);
            node.Use(_home.Directory);
            if (!node.IsAlive)
                Return(node);
            Report(node);
        }

        _time.RunUntil(_time.Now + Calm);
    }

    // Everybody admitted is connected on an allowed node that relays to all others in use; nothing else holds anything.
    private string? Disorder()
    {
        if (_checker.Undecided.Count > 0)
            return $"no decision on {string.Join(' ', _checker.Undecided)}";
        foreach (string id in _checker.Admitted)
        {
            if (_home.Clients[id].Node is not { } node || !node.People.Contains(id))
                return $"{id} is connected to nothing";
            if (_home.Route.View.Participants.FirstOrDefault(seat => seat.Participant == id)?.Node != node.Id)
                return $"{id} is on {node.Id}, and the view says otherwise";
        }

        ModelNode[] used = [.. _home.Nodes.Values.Where(static node => node.People.Count > 0)];
        if (_home.Nodes.Values.FirstOrDefault(node => node.People.Count == 0 && (node.Carries || node.Holds(_time.Now))) is { } idle)
            return $"{idle.Id} is not used and holds the meeting";
        if (used.FirstOrDefault(node => node.Peers.Any(peer => !node.Names(peer, _time.Now))) is { } stray)
            return $"{stray.Id} relays with a node that its grant does not name";
        return RelayParts.Count(_home, used) is > 1 and int parts ? $"the nodes in use are {parts} parts" : null;
    }
}
