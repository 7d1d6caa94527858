using Parley.E2e.Support;
using Parley.NetLab.Network;
using Parley.NetLab.Nodes;

namespace Parley.NetLab.Scenarios;

/// <summary>A meeting to which things happen as a seed says, on a network that is as the seed says. After each, everybody sees everybody again, and no forbidden region had anything of it.</summary>
internal sealed class RandomRun(Lab lab, int seed, GapRecord record)
{
    private const int Steps = 2;
    private const int MostPeople = 6;

    // Seconds in which whatever a step does has had its effects.
    private const double Settling = 1.5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private static readonly string[] Names = ["ada", "ben", "cleo", "dora", "emil", "finn", "greta", "hugo", "ida", "jan", "kaja", "lars"];

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, long> _forbiddenSince = [];
    private readonly List<(string Region, long From, long To)> _forbidden = [];
    private Meeting? _meeting;
    private int _arrived;
    private bool _isWithdrawn;

    private Meeting Meeting => _meeting!;

    public async Task RunAsync()
    {
        Shape();
        long begin = Lab.Now;
        string[] deny = _random.Next(3) == 0 ? [] : ["country:US"];
        _meeting = await lab.CreateAsync(deny);
        if (deny.Length > 0)
            _forbiddenSince[LabWorld.Ashburn] = begin;
        for (int i = _random.Next(3, 6); i > 0; i--)
            await JoinAsync();
        await Meeting.EveryoneSeesEveryoneAsync(Patience);
        for (int step = 0; step < Steps; step++)
            await StepAsync();
        if (_forbidden.Count + _forbiddenSince.Count == 0)
        {
            await NarrowAsync();
            await Meeting.TalkAsync(Settling);
        }

        Assert.All(Meeting.Members, static member => Assert.Null(member.Ended));
        foreach ((string region, long from) in _forbiddenSince)
            _forbidden.Add((region, from, Lab.Now));
        foreach ((string region, long from, long to) in _forbidden)
            lab.NothingWasAt(region, from, to);
    }

    private Country AnyCountry() => (Country)_random.Next(3);

    private void Shape()
    {
        foreach ((Country one, Country other, double delay) in LabWorld.Delays)
        {
            lab.Wan.Connect($"{one}", $"{other}", new LinkShape
            {
                Delay = TimeSpan.FromMilliseconds(delay * (0.5 + _random.NextDouble())),
                Jitter = TimeSpan.FromMilliseconds(one == other ? 0 : _random.NextDouble() * 5),
                Loss = one == other ? 0 : _random.NextDouble() * 0.004,
                Rate = 20_000_000 + _random.NextInt64(200_000_000),
            });
        }
    }

    private async Task StepAsync()
    {
        (string What, Func<Task> Act)[] all =
        [
            ("a fence narrows", NarrowAsync), ("a fence narrows", NarrowAsync),
            ("a node dies", DieAsync), ("a node dies", DieAsync),
            ("a region dies", PowerAsync), ("a region is cut off", CutAsync),
            ("a node restarts", RestartAsync), ("a region is withdrawn", WithdrawAsync),
            ("somebody joins", JoinAsync), ("somebody leaves", LeaveAsync),
        ];
        (string what, Func<Task> act) = all[_random.Next(all.Length)];
        long since = Lab.Now;
        await act();
        await Meeting.TalkAsync(Settling);
        await Meeting.EveryoneSeesEveryoneAsync(Patience);
        long until = Lab.Now;
        List<Gap> gaps = [.. Meeting.Gaps(since, until).Where(gap => gap.Viewer.Arrived < since && gap.Shown.Arrived < since)];
        record.Add(what, gaps, since);
        Lab.Say($"seed {seed}: {what}; {Meeting.Members.Count} people; most missed {(gaps.Count == 0 ? 0 : gaps.Max(static gap => gap.Milliseconds)):0} ms.");
        await RepairAsync();
    }

    // What failed is repaired, and the meeting is well before the next step.
    private async Task RepairAsync()
    {
        lab.Wan.Heal();
        foreach (LabNode node in lab.Nodes)
            node.Port.IsUnplugged = false;
        await Task.WhenAll(lab.Nodes.Where(static node => !node.IsRunning).Select(static node => node.StartAsync()));
        if (_isWithdrawn)
            lab.Publish(static _ => true);
        _isWithdrawn = false;
        await lab.MeetAsync(4);
        await Meeting.EveryoneSeesEveryoneAsync(Patience);
    }

    private async Task JoinAsync()
    {
        if (Meeting.Members.Count >= MostPeople)
            return;
        await Meeting.JoinAsync($"{Names[_arrived % Names.Length]}{_arrived++}", AnyCountry());
    }

    private async Task LeaveAsync()
    {
        if (Meeting.Members.Count > 2)
            await Meeting.LeaveAsync(Meeting.Members[_random.Next(Meeting.Members.Count)]);
    }

    private async Task NarrowAsync()
    {
        // The home is Germany: that it cannot leave out.
        (string Region, string Selector)[] all = [(LabWorld.Ashburn, "country:US"), (LabWorld.Stockholm, "country:SE")];
        (string Region, string Selector)[] denied = _random.Next(3) switch { 0 => all, 1 => [all[1]], _ => [all[0]] };
        foreach (string region in _forbiddenSince.Keys.Except(denied.Select(static each => each.Region)).ToArray())
        {
            _forbidden.Add((region, _forbiddenSince[region], Lab.Now));
            _forbiddenSince.Remove(region);
        }

        await Meeting.FenceAsync([.. denied.Select(static each => each.Selector)]);
        foreach ((string region, _) in denied)
        {
            _forbiddenSince.TryAdd(region, await lab.LeftAsync(region));
        }
    }

    private async Task DieAsync()
    {
        LabNode node = AnyInUse("fra-2", "fra-3", "sto-1");
        node.Port.IsUnplugged = _random.Next(2) == 0;
        await node.KillAsync();
        await LeftAsync([node]);
    }

    private async Task PowerAsync()
    {
        await lab.PowerOffAsync(LabWorld.Stockholm);
        await LeftAsync(lab.Region(LabWorld.Stockholm));
    }

    private async Task CutAsync()
    {
        LabNode node = lab.Node("sto-1");
        lab.Wan.Cut([node.Port.Name], [.. lab.Wan.Ports.Select(static port => port.Name)]);
        await LeftAsync([node]);
    }

    private async Task WithdrawAsync()
    {
        _isWithdrawn = true;
        lab.Publish(static node => node.Region != LabWorld.Stockholm);
        await LeftAsync(lab.Region(LabWorld.Stockholm));
    }

    private async Task RestartAsync()
    {
        LabNode node = _random.Next(3) == 0 ? lab.Node("fra-1") : AnyInUse("fra-2", "fra-3", "sto-1");
        await node.StopAsync();
        await node.StartAsync();
        await lab.MeetAsync(4);
    }

    // What nobody uses shows little when it fails.
    private LabNode AnyInUse(params string[] ids)
    {
        string[] used = [.. ids.Where(id => Meeting.Members.Any(member => member.Node == id))];
        string[] choice = used.Length > 0 ? used : ids;
        return lab.Node(choice[_random.Next(choice.Length)]);
    }

    private Task LeftAsync(LabNode[] nodes) => Eventually.TrueAsync(
        () => Task.FromResult(Meeting.Members.All(member => nodes.All(node => node.Id != member.Node))), "everyone has left the node", Patience, () => Task.FromResult(string.Join(", ", Meeting.Members.Select(static member => $"{member.Name}@{member.Node}"))));
}
