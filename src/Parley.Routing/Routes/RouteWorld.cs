using Parley.Routing.Directory;
using Parley.Routing.Planning;
using Parley.Routing.Regions;

namespace Parley.Routing.Routes;

/// <summary>What a route knows of regions, nodes and the network between them.</summary>
internal sealed class RouteWorld(RegionDirectory directory)
{
    private readonly Dictionary<string, int> _alive = [];
    private readonly Dictionary<string, Avoidance> _avoided = [];
    private RegionDelay[] _measured = [];
    private PlanningWorld? _planning;

    public RegionDirectory Directory { get; private set; } = directory;

    /// <summary>All nodes that may be planned on; the planner is given the fence.</summary>
    public PlanningWorld Planning => _planning ??= Build();

    public void Use(RegionDirectory directory)
    {
        Directory = directory;
        _planning = null;
    }

    public void Use(IEnumerable<RegionDelay> measured)
    {
        _measured = [.. measured];
        _planning = null;
    }

    /// <summary>Takes what is known of a node; null capacity: it is dead. Whether anything changed.</summary>
    public bool Report(string node, int? capacity)
    {
        bool known = _alive.TryGetValue(node, out int before);
        if (capacity is { } places ? known && before == places : !known)
            return false;
        if (capacity is { } free)
            _alive[node] = free;
        else
            _alive.Remove(node);
        _planning = null;
        return true;
    }

    /// <summary>Plans around a node for a while: it refuses a grant, or says nothing.</summary>
    public void Avoid(string node, long until, bool refuses)
    {
        _avoided[node] = new Avoidance(until, refuses);
        _planning = null;
    }

    /// <summary>Ends avoidances of nodes that are alive early: told the node and whether it refuses. Whether there were any.</summary>
    public bool Pardon(Func<string, bool, bool> mayPardon)
    {
        string[] pardoned = [.. _avoided.Where(pair => IsAlive(pair.Key) && mayPardon(pair.Key, pair.Value.Refuses)).Select(static pair => pair.Key)];
        foreach (string node in pardoned)
            _avoided.Remove(node);
        if (pardoned.Length > 0)
            _planning = null;
        return pardoned.Length > 0;
    }

    /// <summary>Lets go of avoidances that are over; whether there were any.</summary>
    public bool Expire(long now)
    {
        string[] over = [.. _avoided.Where(pair => pair.Value.Until <= now).Select(static pair => pair.Key)];
        foreach (string node in over)
            _avoided.Remove(node);
        if (over.Length > 0)
            _planning = null;
        return over.Length > 0;
    }

    public long NextDeadline() => _avoided.Count == 0 ? long.MaxValue : _avoided.Values.Min(static avoidance => avoidance.Until);

    public bool IsAvoided(string node) => _avoided.ContainsKey(node);

    /// <summary>Whether the directory lists the node for media and it is alive, avoided or not.</summary>
    public bool IsAlive(string node) => _alive.ContainsKey(node) && Directory.FindNode(node) is { } entry && entry.Roles.Contains(Node.MediaRole);

    /// <summary>The region of a node by the directory; null when it lists none.</summary>
    public string? RegionOf(string node) => Directory.FindNode(node)?.Region;

    private PlanningWorld Build()
    {
        Dictionary<string, GeoPoint> places = [];
        foreach (Region region in Directory.Regions)
        {
            if (region is { Latitude: { } latitude, Longitude: { } longitude })
                places[region.Id] = new GeoPoint(latitude, longitude);
        }

        return new PlanningWorld
        {
            Nodes = [.. Directory.Nodes.Where(node => IsAlive(node.Id) && !IsAvoided(node.Id)).Select(node => new PlanNode { Id = node.Id, Region = node.Region, Capacity = _alive[node.Id] })],
            Delays = GeographicDelays.Table(places, _measured),
            Places = places,
        };
    }

    private readonly record struct Avoidance(long Until, bool Refuses);
}
