using System.Net;
using System.Text.Json;
using Parley.E2e.Support;
using Parley.Net.Clocks;
using Parley.NetLab.Captures;
using Parley.NetLab.Captures.Control;
using Parley.NetLab.Network;
using Parley.NetLab.Nodes;
using Parley.NetLab.People;
using Parley.NetLab.Support;

namespace Parley.NetLab.Scenarios;

/// <summary>Nodes, people and the network between them. A scenario that fails leaves its captures, logs and seed in <c>artifacts/netlab</c>; one that passes leaves nothing.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private const int MostMembers = 64;

    // So short a time, us, may pass without a question of life.
    private const long Instant = 3_000_000;

    // Answers and packets that had left before a node let go.
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly string _folder;
    private readonly LabDirectory _directory;
    private readonly Dictionary<string, LabNode> _nodes = [];
    private readonly List<Meeting> _meetings = [];
    private readonly Dictionary<Country, int> _people = [];
    private string _title;
    private int _members;
    private bool _passed;

    private Lab(string title, int seed)
    {
        _title = title;
        Seed = seed;
        _folder = Directory.CreateTempSubdirectory("parley-netlab-").FullName;
        _directory = new LabDirectory(_folder);
        Wan = new Wan(seed);
    }

    public int Seed { get; private set; }

    public Wan Wan { get; }

    public IEnumerable<LabNode> Nodes => _nodes.Values;

    /// <summary>The time on the captures' clock, us.</summary>
    public static long Now => MonotonicClock.Shared.Now.Microseconds;

    /// <summary>Starts all nodes and waits until each sees the others. Skips the test where no lab can be made.</summary>
    public static async Task<Lab> StartAsync(string title, int seed = 1)
    {
        Requirements.Check();
        Lab lab = new(title, seed);
        try
        {
            await lab.StartNodesAsync();
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins another scenario, whose chances come from its own seed.</summary>
    public void Begin(string title, int seed)
    {
        (_title, Seed) = (title, seed);
        Wan.Seed(seed);
        Scenarios++;
        foreach ((Country one, Country other, double delay) in LabWorld.Delays)
            Wan.Connect($"{one}", $"{other}", LinkShape.Of(delay));
    }

    /// <summary>Everybody leaves. Properly: the hosts end their meetings first.</summary>
    public async Task EndMeetingsAsync(bool properly)
    {
        foreach (Meeting meeting in _meetings)
        {
            if (properly)
                await meeting.EndAsync();
            await meeting.DisposeAsync();
        }

        _meetings.Clear();
        foreach (WanPort port in Wan.Ports.Except(_nodes.Values.Select(static node => node.Port)).ToArray())
        {
            Wan.Detach(port);
            port.Space.Dispose();
        }
    }

    /// <summary>A node by its id.</summary>
    public LabNode Node(string id) => _nodes[id];

    /// <summary>The nodes of a region.</summary>
    public LabNode[] Region(string region) => [.. _nodes.Values.Where(node => node.Region == region)];

    /// <summary>Makes a meeting whose home is Frankfurt, with selectors that its fence denies.</summary>
    public async Task<Meeting> CreateAsync(params string[] deny)
    {
        WanPort host = Attach("host", Country.Germany);
        Meeting meeting = await Meeting.CreateAsync(this, host, Node("fra-1").Url, deny);
        _meetings.Add(meeting);
        return meeting;
    }

    /// <summary>Somebody who stands in a country; connects by ways of their own.</summary>
    public Member Arrive(string name, Country country, Meeting meeting, string? hostKey = null)
    {
        WanPort port = Attach(name, country);
        port.Uplink = port.Downlink = LinkShape.Of(2) with { Rate = 20_000_000, Jitter = TimeSpan.FromMilliseconds(1) };
        return new Member(name, _members++ % MostMembers, MostMembers, port, Node("fra-1").Url, meeting.Id, hostKey);
    }

    /// <summary>A namespace of a country's, attached to the network.</summary>
    public WanPort Attach(string name, Country country)
    {
        int number = _people[country] = _people.GetValueOrDefault(country) + 1;
        return Wan.Attach(name, $"{country}", IPAddress.Parse($"10.{77 + (int)country}.1.{number}"), Path.Combine(_folder, $"{country}-{number}-{name}.pcap"));
    }

    /// <summary>Waits until every running node sees this many media nodes alive, itself included.</summary>
    public Task MeetAsync(int alive) => Eventually.TrueAsync(
        async () => (await Task.WhenAll(_nodes.Values.Where(static node => node.IsRunning).Select(static node => node.MetricsAsync()))).All(metrics => metrics["parley_nodes_alive"] == alive),
        $"all running nodes see {alive} media nodes alive",
        seen: async () => string.Join(", ", await Task.WhenAll(_nodes.Values.Where(static node => node.IsRunning).Select(static async node => $"{node.Id} sees {(await node.MetricsAsync())["parley_nodes_alive"]}"))));

    /// <summary>Scenarios that it carried.</summary>
    public int Scenarios { get; private set; }

    /// <summary>Signs a directory with these nodes only.</summary>
    public void Publish(Func<LabNode, bool> isListed) => _directory.Publish(_nodes.Values.Where(isListed).Select(static node => node.Entry));

    /// <summary>A cut of power: the machines fall silent, and their processes are gone.</summary>
    public async Task PowerOffAsync(string region)
    {
        foreach (LabNode node in Region(region))
            node.Port.IsUnplugged = true;
        await Task.WhenAll(Region(region).Where(static node => node.IsRunning).Select(static node => node.KillAsync()));
    }

    /// <summary>Power is back, and the nodes start.</summary>
    public async Task PowerOnAsync(string region)
    {
        foreach (LabNode node in Region(region))
            node.Port.IsUnplugged = false;
        await Task.WhenAll(Region(region).Select(static node => node.StartAsync()));
    }

    /// <summary>What of any meeting was on the interfaces of a region's nodes since a time.</summary>
    public (List<Finding> Found, RegionAudit Audit) Audit(string region, long since = 0, long until = long.MaxValue)
    {
        RegionAudit audit = new(_nodes.Values.Select(static node => node.Port), _directory.Everyone, new KeyLog(_nodes.Values.Select(static node => node.KeyLog)), LabWorld.ControlPort);
        List<Finding> found = [.. Region(region).SelectMany(node => audit.Find(node.Port, since, until))];
        return (found, audit);
    }

    /// <summary>Fails when anything of a meeting was on the interfaces of a region's nodes since a time.</summary>
    public void NothingWasAt(string region, long since, long until = long.MaxValue)
    {
        (List<Finding> found, RegionAudit audit) = Audit(region, since, until);
        Assert.True(found.Count == 0, $"{found.Count} findings in {region}:\n{string.Join('\n', found.Take(20))}");
        Assert.True(audit.Pings > 0 || until - since < Instant, "The check read nothing at all.");
        Say($"{region}: {audit.Packets} packets on its interfaces, all of them of {audit.Pings} questions of life and their answers; nothing of the meeting.");
    }

    /// <summary>Fails when any packet was between a region's nodes and people since a time.</summary>
    public void NothingOfPeopleWasAt(string region, long since)
    {
        List<Finding> found = [.. Audit(region, since).Found.Where(static finding => !finding.What.Contains(" said ", StringComparison.Ordinal))];
        Assert.True(found.Count == 0, $"{found.Count} findings in {region}:\n{string.Join('\n', found.Take(20))}");
    }

    /// <summary>Waits until the nodes of a region have no room, no transport and no relay.</summary>
    public Task HoldsNothingAsync(string region, TimeSpan? timeout = null) => Eventually.TrueAsync(
        async () => (await Task.WhenAll(Region(region).Select(static node => node.MetricsAsync()))).All(static metrics => metrics is { Rooms: 0, Transports: 0 }),
        $"{region} holds nothing", timeout ?? TimeSpan.FromSeconds(8));

    /// <summary>Waits until a region that was left holds nothing, and what was on its way then is over; the time from which on nothing may be there, us.</summary>
    public async Task<long> LeftAsync(string region)
    {
        await HoldsNothingAsync(region);
        await Task.Delay(LastWords);
        return Now;
    }

    /// <summary>The kernel's own count of what passed each node's interface must be the capture's: nothing passed unseen. Ends the lab's network.</summary>
    public void CapturesAreWhole()
    {
        Wan.Stop();
        foreach (LabNode node in _nodes.Values)
        {
            using JsonDocument link = JsonDocument.Parse(Command.Run("ip", "-n", node.Port.Space.Name, "-s", "-j", "link", "show", "dev", "wan0"));
            JsonElement counts = link.RootElement[0].GetProperty("stats64");
            long passed = counts.GetProperty("rx").GetProperty("packets").GetInt64() + counts.GetProperty("tx").GetProperty("packets").GetInt64();
            Assert.Equal(passed, node.Port.Capture.Count);
        }
    }

    /// <summary>A line of the run's record.</summary>
    public static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);

    /// <summary>All was as it should be: nothing needs to be kept.</summary>
    public void Pass() => _passed = true;

    public async ValueTask DisposeAsync()
    {
        string stories = string.Join("\n\n", _meetings.SelectMany(static meeting => meeting.Everyone).Select(static member => member.Story));
        await EndMeetingsAsync(properly: false);
        foreach (LabNode node in _nodes.Values)
            await node.DisposeAsync();
        Wan.Dispose();
        if (!_passed)
            Leave(stories);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartNodesAsync()
    {
        foreach ((string id, string region, string[] roles) in LabWorld.Nodes)
        {
            Country country = LabWorld.CountryOf(region);
            IPAddress address = IPAddress.Parse($"10.{77 + (int)country}.0.{_nodes.Count + 1}");
            WanPort port = Wan.Attach(id, $"{country}", address, Path.Combine(_folder, $"{id}.pcap"));
            _nodes[id] = new LabNode(id, region, roles, port, _directory, _folder);
        }

        Publish(static _ => true);
        await Task.WhenAll(_nodes.Values.Select(static node => node.StartAsync()));
        await MeetAsync(LabWorld.Nodes.Count(static node => node.Roles.Contains("media")));
    }

    private void Leave(string stories)
    {
        string left = Path.Combine(Repository.Artifacts("netlab"), $"{_title}-{Seed}");
        if (Directory.Exists(left))
            Directory.Delete(left, recursive: true);
        Directory.CreateDirectory(left);
        foreach (string file in Directory.EnumerateFiles(_folder).Where(static file => Path.GetExtension(file) is ".pcap" or ".keys" or ".signed"))
            File.Copy(file, Path.Combine(left, Path.GetFileName(file)));
        foreach (LabNode node in _nodes.Values)
            File.WriteAllText(Path.Combine(left, $"{node.Id}.log"), node.Log);
        File.WriteAllText(Path.Combine(left, "people.log"), stories);
        File.WriteAllText(Path.Combine(left, "seed"), $"{_title} {Seed}\n");
        Say($"What happened is in {left} (seed {Seed}); lost on the way by chance, in queues, at cuts: {Wan.Lost}.");
    }
}
