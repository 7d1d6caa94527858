using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Planning;
using Parley.Routing.Regions;

namespace Parley.Cli.Plan;

/// <summary>Evaluates the fence of a meeting and plans its route.</summary>
internal static class PlanRun
{
    public static PlanResult Of(WorldFile world, MeetingFile meeting)
    {
        RegionDirectory directory = PlanFiles.Directory(world);
        IEnumerable<ScopedGeofence> common = (meeting.Geofences ?? []).Select(static fence => new ScopedGeofence(fence.Scope ?? GeofenceScope.Meeting, fence.ToGeofence()));
        IEnumerable<ScopedGeofence> own = meeting.Participants.Where(static person => person.Geofence is not null)
            .Select(static person => new ScopedGeofence(GeofenceScope.Participant, person.Geofence!.ToGeofence(), person.Id));
        string[] countries = [.. meeting.Participants.Select(static person => person.Country ?? Countries.Unknown).Distinct()];
        EffectiveGeofence fence = new(directory, [.. common, .. own], countries);
        PlanFence verdicts = new([.. fence.Verdicts.Select(static verdict =>
            new PlanVerdict(verdict.Region, verdict.Allowed, verdict.Rule, verdict.Scope.ToString().ToLowerInvariant(), verdict.Reason))]);

        PlanningWorld nodes = World(world);
        PlanRequest request = new() { AllowedRegions = fence.AllowedRegions, Participants = [.. meeting.Participants.Select(Person)] };
        RoutePlan? plan = Planner.Plan(nodes, request, out PlanRefusal? refusal);
        if (plan is null)
            return new() { Fence = verdicts, Refusal = new(refusal!.Rule, refusal.Participant, refusal.Sentence) };
        Dictionary<string, string> regionOf = nodes.Nodes.ToDictionary(static node => node.Id, static node => node.Region);
        return new()
        {
            Fence = verdicts,
            Participants = [.. meeting.Participants.Select(person => new PlanSeat(person.Id, plan.Nodes[person.Id], regionOf[plan.Nodes[person.Id]], Round(plan.ExpectedDelays[person.Id])))],
            Relays = [.. plan.Relays.Select(static leg => new PlanLeg(leg.From, leg.To, Round(leg.Delay)))],
            WorstDelay = Round(plan.WorstDelay),
            MeanDelay = Round(plan.MeanDelay),
            Computed = plan.IsComputed,
            Moves = plan.Moves,
        };
    }

    private static PlanningWorld World(WorldFile world)
    {
        Dictionary<string, GeoPoint> places = world.Regions.Where(static region => region.Latitude is not null)
            .ToDictionary(static region => region.Id, static region => new GeoPoint(region.Latitude!.Value, region.Longitude!.Value));
        IEnumerable<RegionDelay> measured = (world.Delays ?? []).Select(static delay => new RegionDelay(delay.From, delay.To, delay.Milliseconds));
        return new()
        {
            Nodes = [.. world.Regions.SelectMany(static region => Enumerable.Range(1, region.Nodes ?? 1).Select(number => new PlanNode { Id = $"{region.Id}-{number}", Region = region.Id, Capacity = region.Capacity }))],
            Delays = GeographicDelays.Table(places, measured),
            Places = places,
        };
    }

    private static PlanParticipant Person(MeetingPerson person) => new()
    {
        Id = person.Id,
        RoundTrips = person.RoundTrips ?? new Dictionary<string, double>(),
        Latitude = person.Latitude,
        Longitude = person.Longitude,
        Node = person.Node,
    };

    private static double Round(double milliseconds) => Math.Round(milliseconds, 1);
}
