using Parley.Routing.Geofences;
using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>Makes views.</summary>
internal static class RouteViews
{
    public static RouteView Make(MeetingRouteOptions options, RouteWorld world, RoutePeople people, RoutePlans plans, GrantDesk grants, RelayDesk relays, long now) => new()
    {
        Epoch = plans.Epoch,
        Home = options.Home,
        Fence = people.FenceOf(GeofenceScope.Meeting),
        Regions = plans.Wanted.VerdictsFor(null),
        Participants = [.. people.Admitted.Select(member => Seat(member, world)).OfType<RouteSeat>()],
        Relays = [.. relays.Open.Where(relays.IsUp).OrderBy(static relay => relay.A, StringComparer.Ordinal).ThenBy(static relay => relay.B, StringComparer.Ordinal).Select(relay => Leg(relay, world))],
        Nodes = [.. grants.Legs.Where(leg => leg.Holds(now)).Select(static leg => new RouteNode(leg.Node, leg.Region)).OrderBy(static node => node.Id, StringComparer.Ordinal)],
        WorstDelay = plans.Current?.WorstDelay ?? 0,
        MeanDelay = plans.Current?.MeanDelay ?? 0,
        IsComputed = plans.Current is { IsComputed: true },
    };

    public static bool AreSame(RouteView a, RouteView b) =>
        a.Epoch == b.Epoch && a.Fence == b.Fence && a.IsComputed == b.IsComputed && a.Regions.SequenceEqual(b.Regions) && a.Participants.SequenceEqual(b.Participants)
        && a.Relays.SequenceEqual(b.Relays) && a.Nodes.SequenceEqual(b.Nodes) && Math.Round(a.WorstDelay) == Math.Round(b.WorstDelay) && Math.Round(a.MeanDelay) == Math.Round(b.MeanDelay);

    private static RouteSeat? Seat(RouteMember member, RouteWorld world) =>
        (member.At ?? member.Target) is { } node && world.RegionOf(node) is { } region ? new RouteSeat(member.Id, node, region) : null;

    private static RelayLeg Leg(RelayLink relay, RouteWorld world)
    {
        DelayTable delays = world.Planning.Delays;
        (string a, string b) = (world.RegionOf(relay.A) ?? "", world.RegionOf(relay.B) ?? "");
        return new RelayLeg(relay.A, relay.B, (delays.Between(a, b) + delays.Between(b, a)) / 2 + PlanCost.RelayHandling) { IsComputed = !delays.IsMeasured(a, b) };
    }
}
