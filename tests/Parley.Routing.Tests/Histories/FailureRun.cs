using Parley.Routing.Directory;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Histories;

/// <summary>A random meeting that settles, loses regions, is watched until it is whole again or over, and sees the regions return. The watcher of the histories holds it to I1 to I4 all the while.</summary>
internal sealed class FailureRun
{
    private const long Settling = 10_000;
    private const long Trouble = 60_000;
    private const long Healing = 30_000;
    private const long Look = 25;
    private const int Capacity = 100;

    // A node's silence counts as its death after so long (PeerPinger).
    private const long Detection = 1_500;

    private readonly VirtualTime _time = new();
    private readonly Random _random;
    private readonly HistoryWorld _world;
    private readonly ControlNetwork _network;
    private readonly HistoryChecker _checker;
    private readonly ModelHome _home;
    private readonly Dictionary<string, long> _back = [];
    private List<string> _hit = [];
    private long _failedAt = long.MaxValue;
    private long? _whole;

    private FailureRun(int number, int weather)
    {
        _random = new Random(number);
        _world = new HistoryWorld(_random.Next(), isSigned: false);
        _network = new ControlNetwork(_time, number, weather);
        _checker = new HistoryChecker(_time, isLenient: false, isCalm: false);
        _home = new ModelHome(_world, _time, _network, _checker, BrokenRule.None) { HostSays = true };
        _checker.Home = _home;
        _checker.Changed(zeroGrace: false);
        _time.After = () =>
        {
            _checker.Check();
            return _checker.Failure is null;
        };
        foreach (Node node in _world.Directory.Nodes)
            _home.Do(route => route.NodeState(node.Id, Capacity, _home.Time));
        Every(ModelNode.SweepEvery, _home.Sweep);
        Every(1_000, () =>
        {
            foreach (ModelClient client in _home.Clients.Values)
                client.Poll();
        });
    }

    public static FailureOutcome Of(int number, int weather) => new FailureRun(number, weather).Play((RegionFailure)(number % 4));

    /// <summary>The last things that happened in one.</summary>
    public static string Explain(int number, int weather)
    {
        List<string> lines = [];
        FailureRun run = new(number, weather);
        run._home.Trace = lines.Add;
        run.Play((RegionFailure)(number % 4));
        return string.Join('\n', lines.TakeLast(150));
    }

    private FailureOutcome Play(RegionFailure kind)
    {
        int people = _random.Next(2, 7);
        for (int i = 0; i < people; i++)
        {
            Join(i);
            _time.RunUntil(_time.Now + _random.Next(50, 1_500));
        }

        _time.RunUntil(_time.Now + Settling);
        if ((_checker.Failure ?? (_checker.Admitted.Count == 0 ? "nobody is in the meeting" : null)) is { } early)
            return new FailureOutcome(kind, 0, 0, true, 0, null, [], early);
        HashSet<string> before = [.. _checker.Admitted];
        HashSet<string> allowed = _checker.AllowedWith(null);
        _failedAt = _time.Now;
        ModelNode[] failed = Fail(kind);
        Watch();
        bool hasRegion = _home.Nodes.Values.Any(node => !failed.Contains(node) && allowed.Contains(node.Region));
        _time.RunUntil(_time.Now + Trouble);
        int ended = before.Count - _checker.Admitted.Count;
        string? failure = _checker.Failure ?? Judge(hasRegion, ended);
        long? recovered = _checker.Admitted.Count == 0 ? null : _whole;
        long[] gaps = [.. _hit.Where(_back.ContainsKey).Select(id => _back[id])];
        _failedAt = long.MaxValue;
        Heal(failed);
        _time.RunUntil(_time.Now + Healing);
        return new FailureOutcome(kind, before.Count, _hit.Count, hasRegion, ended, recovered, gaps, failure ?? _checker.Failure ?? (IsWhole() ? null : "not whole after all have returned"));
    }

    // Without an allowed region nobody goes on; with one nobody is ended.
    private string? Judge(bool hasRegion, int ended)
    {
        if (hasRegion && ended > 0)
            return $"{ended} were ended although an allowed region was left";
        if (_checker.Admitted.Count == 0)
            return _home.Nodes.Values.FirstOrDefault(static node => node.IsAlive && node.Carries) is { } node ? $"{node.Id} carries a meeting that is over" : null;
        return IsWhole() ? null : $"{_checker.Admitted.Count} go on, and are not whole after {Trouble} ms";
    }

    private ModelNode[] Fail(RegionFailure kind)
    {
        _checker.LastUpheaval = _time.Now;
        string[] inUse = [.. _home.Nodes.Values.Where(static node => node.People.Count > 0).Select(static node => node.Region).Distinct()];
        string[] others = [.. inUse.Where(static region => region != HistoryWorld.Home)];
        string[] regions = kind switch
        {
            RegionFailure.SeveralDie => [.. _world.Directory.Regions.Select(static region => region.Id).Where(id => inUse.Contains(id) || _random.Next(2) == 0)],
            RegionFailure.RegionDies => [inUse[_random.Next(inUse.Length)]],
            _ when others.Length > 0 => [others[_random.Next(others.Length)]],
            _ => [_world.Directory.Regions[_random.Next(1, _world.Directory.Regions.Count)].Id],
        };
        ModelNode[] nodes = [.. _home.Nodes.Values.Where(node => regions.Contains(node.Region))];
        _hit = [.. nodes.SelectMany(static node => node.People).Where(_checker.Admitted.Contains)];
        if (kind == RegionFailure.Withdrawal)
            Use(_home.Directory with { Version = 2, Regions = [.. _home.Directory.Regions.Where(region => region.Id != regions[0])], Nodes = [.. _home.Directory.Nodes.Where(node => node.Region != regions[0])] });
        foreach (ModelNode node in kind == RegionFailure.Withdrawal ? [] : nodes)
        {
            if (kind == RegionFailure.Partition)
                node.IsCut = true;
            else
                node.Die();
            _time.In(Detection + _random.Next(500), () => Report(node));
        }

        return nodes;
    }

    private void Heal(ModelNode[] failed)
    {
        _checker.LastUpheaval = _time.Now;
        if (_home.Directory.Version > 1)
            Use(_world.Directory with { Version = 3 });
        foreach (ModelNode node in failed)
        {
            if (!node.IsAlive)
                node.Return();
            _home.Reconnect(node);
            Report(node);
        }
    }

    private void Use(RegionDirectory directory)
    {
        foreach (ModelNode node in _home.Nodes.Values)
            _time.In(_random.Next(50, 1_000), () => node.Use(directory));
        _home.Use(directory);
    }

    private void Report(ModelNode node) => _home.Do(route => route.NodeState(node.Id, node.IsAlive && !node.IsCut ? Capacity : null, _home.Time));

    private void Join(int number)
    {
        JoinWish wish = new()
        {
            Participant = $"p{number}",
            Country = HistoryWorld.Country(_random.Next(100)),
            Fence = number > 0 && _random.Next(3) == 0 ? HistoryWorld.Fence(_random.Next(10_000), isStrict: _random.Next(2) == 0) : null,
            RoundTrips = _world.Directory.Regions.ToDictionary(static region => region.Id, _ => _random.Next(5, 300) + 0.5),
            IsHost = number == 0,
        };
        ModelClient client = new(wish, _home, _time, _checker, BrokenRule.None, isSlow: false);
        client.Learn(_checker.ScopeFences);
        _home.Clients[wish.Participant] = client;
        _checker.Asked(wish);
        JoinDecision decision = _home.Join(wish);
        if (decision.Outcome is not (JoinOutcome.Admitted or JoinOutcome.Refused))
            return;
        _checker.Decided(wish.Participant, decision);
        client.Decided(decision);
    }

    private void Watch()
    {
        if (_failedAt == long.MaxValue)
            return;
        _time.In(_time.Now - _failedAt < Trouble / 4 ? Look : Look * 20, Watch);
        foreach (string id in _hit.Where(id => !_back.ContainsKey(id) && IsSound(id)))
            _back[id] = _time.Now - _failedAt;
        if (_whole is null && IsWhole())
            _whole = _time.Now - _failedAt;
        else if (_whole is not null && !IsWhole())
            _whole = null;
    }

    private bool IsSound(string id) =>
        _home.Clients[id].Node is { IsAlive: true, IsCut: false } node && node.People.Contains(id) && node.Holds(_time.Now) && _home.Directory.FindNode(node.Id) is not null;

    private bool IsWhole() =>
        _checker.Admitted.All(IsSound) && RelayParts.Count(_home, [.. _home.Nodes.Values.Where(static node => node.People.Count > 0)]) <= 1;

    private void Every(long milliseconds, Action act) => _time.In(milliseconds, () =>
    {
        act();
        Every(milliseconds, act);
    });
}
