using Parley.Routing.Routes;
using Parley.Server.Encryption;
using Parley.Server.Encryption.Calls;
using Parley.Server.Encryption.Events;
using Parley.Server.Problems;

namespace Parley.Server.Tests.Encryption;

/// <summary>An encrypted meeting under virtual time: a delivery service, and clients whose connections are slow, are lost, and come back.</summary>
internal sealed class SimulatedMeeting(int seed)
{
    private const int Step = 50;

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, SimulatedMember> _people = [];
    private DeliveryService _service = new();
    private long _names;

    public long Now { get; private set; } = 1000;

    public IReadOnlyCollection<SimulatedMember> People => _people.Values;

    public DeliveryService Service => _service;

    /// <summary>The longest time that an event is on its way, milliseconds.</summary>
    public int Latency { get; set; } = 20;

    /// <summary>The longest time that a commit takes, milliseconds.</summary>
    public int Slowness { get; set; } = 50;

    public List<(string Participant, string Code)> Expelled { get; } = [];

    /// <summary>Expulsions of participants that have no client here, by code.</summary>
    public Dictionary<string, int> Unclaimed { get; } = [];

    public SimulatedMember Join()
    {
        SimulatedMember member = new(this, NextName("p"));
        _people.Add(member.Id, member);
        member.Connect(keepsState: false);
        Drain();
        return member;
    }

    public void Leave(SimulatedMember member)
    {
        member.Disconnect();
        _people.Remove(member.Id);
        _service.Leave(member.Id, Time);
        Drain();
    }

    public void Lose(SimulatedMember member)
    {
        member.Disconnect();
        _service.Disconnect(member.Id, Time);
        Drain();
    }

    public void Return(SimulatedMember member, bool keepsState)
    {
        member.Connect(keepsState);
        Drain();
    }

    /// <summary>The node dies and comes back: it remembers nothing.</summary>
    public void Crash()
    {
        _service = new DeliveryService();
        Now += 2000;
        foreach (SimulatedMember member in People)
            member.Disconnect();
        foreach (SimulatedMember member in Shuffled())
            Return(member, keepsState: true);
    }

    public void Run(long milliseconds)
    {
        for (long end = Now + milliseconds; Now < end;)
        {
            Now += Step;
            foreach (SimulatedMember member in Shuffled())
            {
                member.Step(Now);
                Drain();
            }

            if (_service.NextDeadline <= Now)
                _service.Tick(Time);
            Drain();
            AssertNoFork();
        }
    }

    /// <summary>Lets a bounded time pass, after which everyone must be in one group.</summary>
    public void Settle()
    {
        foreach (SimulatedMember member in People)
        {
            member.IsStuck = false;
            if (!member.IsConnected)
                Return(member, keepsState: true);
        }

        Run(20_000);
        Assert.All(People, member => Assert.Equal((_service.Position.Generation, _service.Position.Epoch), (member.Generation, member.Epoch)));
        Assert.True(People.Select(static member => member.State).Distinct().Count() <= 1);
        Assert.Equal(long.MaxValue, _service.NextDeadline);
    }

    public GroupEntry Enter(SimulatedMember member, GroupPosition? kept) => _service.Enter(member.Id, long.Parse(member.Id[1..], System.Globalization.CultureInfo.InvariantCulture), kept, Time);

    /// <summary>Makes a call; gives the problem's code when it is refused.</summary>
    public string? Try(string participant, GroupCall call)
    {
        try
        {
            _service.Handle(participant, call, Time);
            return null;
        }
        catch (ProblemException problem)
        {
            return problem.Code;
        }
    }

    public GroupCommit[]? CatchUp(string participant, GroupPosition from)
    {
        try
        {
            return _service.CatchUp(participant, from).Commits;
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    public string NextName(string kind) => $"{kind}{++_names}";

    public long Effort() => _random.Next(1, Slowness);

    public SimulatedMember? Any(Func<SimulatedMember, bool> which) => Shuffled().FirstOrDefault(which);

    public int Chance(int below) => _random.Next(below);

    private RouteTime Time => new(Now, 1_800_000_000 + (Now / 1000));

    private SimulatedMember[] Shuffled()
    {
        SimulatedMember[] all = [.. _people.Values];
        _random.Shuffle(all);
        return all;
    }

    private void Drain()
    {
        while (_service.TryTake(out DeliveryAction action))
        {
            if (!_people.TryGetValue(action.Participant, out SimulatedMember? member))
            {
                if (action.Expulsion is { } unclaimed)
                    Unclaimed[unclaimed.Code] = Unclaimed.GetValueOrDefault(unclaimed.Code) + 1;
                continue;
            }

            if (action.Event is { } told)
            {
                if (member.IsConnected)
                    member.Deliver(Now + _random.Next(1, Latency), told);
                continue;
            }

            Expelled.Add((action.Participant, action.Expulsion!.Code));
            Leave(member);
        }
    }

    private void AssertNoFork()
    {
        foreach (IGrouping<(long, long), SimulatedMember> same in People.Where(static member => member.State is not null).GroupBy(static member => (member.Generation, member.Epoch)))
            Assert.Single(same.Select(static member => member.State).Distinct());
    }
}
