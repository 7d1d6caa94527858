using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Planning;
using Parley.Routing.Routes;
using Parley.Server.Configuration;
using Parley.Server.Directory;
using Parley.Server.Geofences;
using Parley.Server.Nodes;
using Parley.Server.Problems;
using Parley.Server.Routes;

namespace Parley.Server.Meetings;

/// <summary>What is around every meeting: time, directory, nodes and the network between them.</summary>
internal sealed class MeetingSurroundings(NodeDirectory directory, IMediaNodes nodes, Homes homes, NodeOptions options, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>The time as routes are told it.</summary>
    public RouteTime Now => new((long)time.GetElapsedTime(_start).TotalMilliseconds, time.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The directory.</summary>
    public RegionDirectory Directory => directory.Current;

    /// <summary>The media nodes.</summary>
    public IMediaNodes Nodes => nodes;

    /// <summary>The operator's geofence.</summary>
    public Geofence Platform => homes.Platform;

    /// <summary>Refuses whatever would be held under an operator's geofence that the directory does not bear out.</summary>
    /// <exception cref="ProblemException">It does not.</exception>
    public void RequirePlatform() => homes.RequirePlatform();

    /// <summary>A node's region; null when the directory does not list the node.</summary>
    public string? RegionOf(string node) => directory.Current.FindNode(node)?.Region;

    /// <summary>What somebody wishes of a route. Who has measured nothing, and is nobody knows where, is taken to be near the home region.</summary>
    public JoinWish Wish(string participant, string country, Geofence? fence, Dictionary<string, double> roundTrips, bool isHost)
    {
        GeoPoint? point = PlacePoints.Of(country, directory.Current) ?? (roundTrips.Count == 0 ? PlacePoints.OfRegion(directory.Current.FindRegion(directory.Self.Region)) : null);
        return new JoinWish
        {
            Participant = participant,
            Country = country,
            Fence = fence,
            RoundTrips = roundTrips,
            Latitude = point?.Latitude,
            Longitude = point?.Longitude,
            IsHost = isHost,
        };
    }

    /// <summary>What the operator's and a meeting's stored geofence say while nobody is in it.</summary>
    public FenceInfo Stored(Geofence fence)
    {
        EffectiveGeofence effective = new(directory.Current, [new ScopedGeofence(GeofenceScope.Platform, Platform), new ScopedGeofence(GeofenceScope.Meeting, fence)], []);
        return new FenceInfo { Allow = fence.Allow?.ToArray(), Deny = fence.Deny?.ToArray(), Platform = GeofenceInput.Of(Platform), Regions = RegionVerdictView.Of(effective.Verdicts) };
    }

    /// <summary>Tells a route what is the case now; what it knows already changes nothing.</summary>
    /// <param name="route">The route.</param>
    /// <param name="peopleOn">How many people of its meeting are on a node.</param>
    public void Report(MeetingRoute route, Func<string, int> peopleOn)
    {
        RouteTime now = Now;
        HashSet<string> known = [];
        foreach (IMediaNodeLink link in nodes.All)
        {
            known.Add(link.Node);
            route.NodeState(link.Node, link.IsAlive ? link.Load.PlacesFor(peopleOn(link.Node)) : null, now);
        }

        foreach (Node entry in directory.Current.Nodes)
        {
            if (!known.Contains(entry.Id))
                route.NodeState(entry.Id, null, now);
        }
    }

    /// <summary>The one-way delays between regions that were measured. Where people pretend to be elsewhere, so do nodes: distance counts there.</summary>
    public RegionDelay[] Measured()
    {
        if (options.PretendedPlaces)
            return [];
        Dictionary<(string From, string To), double> smallest = [];
        foreach (MeasuredDelay delay in nodes.Delays)
        {
            if (RegionOf(delay.From) is not { } from || RegionOf(delay.To) is not { } to || from == to)
                continue;
            double oneWay = delay.RoundTrip / 2;
            if (!smallest.TryGetValue((from, to), out double known) || oneWay < known)
                smallest[(from, to)] = oneWay;
        }

        return [.. smallest.Select(static entry => new RegionDelay(entry.Key.From, entry.Key.To, entry.Value))];
    }
}
