using Parley.Routing.Geofences;
using Parley.Routing.Routes;
using Parley.Server.Geofences;
using Parley.Server.Nodes;
using Parley.Server.Routes;

namespace Parley.Server.Meetings;

/// <summary>A route as it is shown.</summary>
internal static class RouteViews
{
    /// <summary>The live route.</summary>
    /// <param name="view">What the route says.</param>
    /// <param name="platform">The operator's geofence.</param>
    /// <param name="nodes">Who knows the nodes' statements.</param>
    /// <param name="countryOf">The country of a participant.</param>
    public static RouteInfo Of(RouteView view, Geofence platform, IMediaNodes nodes, Func<string, string?> countryOf) => new()
    {
        Epoch = view.Epoch,
        Home = view.Home,
        Fence = new FenceInfo
        {
            Allow = view.Fence.Allow?.ToArray(),
            Deny = view.Fence.Deny?.ToArray(),
            Platform = GeofenceInput.Of(platform),
            Regions = RegionVerdictView.Of(view.Regions),
        },
        Participants = [.. view.Participants.Select(seat => new PlacementInfo(seat.Participant, seat.Node, seat.Region) { Country = countryOf(seat.Participant) })],
        Relays = [.. view.Relays.Select(static relay => new RelayInfo(relay.From, relay.To))],
        Nodes = [.. view.Nodes.Select(node => new NodeInfo(node.Id, node.Region, nodes.Find(node.Id)?.Statement))],
        Delays = new DelayInfo(view.WorstDelay, view.MeanDelay, view.IsComputed),
        Legs = [.. view.Relays.Select(static relay => new LegInfo(relay.From, relay.To, relay.Delay, relay.IsComputed))],
    };

    /// <summary>Consequences, with the names of people.</summary>
    public static ConsequencesInfo Of(RouteConsequences consequences) => new()
    {
        Moves = consequences.Moves.Count,
        Leaves = consequences.CouldNotStay.Count,
        Movers = [.. consequences.Moves],
        Leavers = [.. consequences.CouldNotStay],
        WorstBefore = consequences.WorstDelayBefore,
        WorstAfter = consequences.WorstDelayAfter,
        Growth = consequences.LargestGrowth,
        Computed = consequences.IsComputed,
    };

    /// <summary>What would happen.</summary>
    public static PreviewInfo Of(RoutePreview preview, string home, string place, bool forHost)
    {
        ConsequencesInfo consequences = Of(preview.Consequences);
        return new PreviewInfo
        {
            Outcome = Outcome(preview),
            Home = home,
            Place = place,
            Node = preview.Refusal is null ? preview.Node : null,
            Region = preview.Refusal is null ? preview.Region : null,
            Delay = preview.Refusal is null ? preview.ExpectedDelay : null,
            Computed = preview.IsComputed,
            Regions = RegionVerdictView.Of(preview.Verdicts),
            Consequences = forHost ? consequences : consequences.ForGuests(),
            Problem = preview.Refusal is { } refusal ? RouteProblems.Of(refusal).ToProblem() : null,
        };
    }

    private static string Outcome(RoutePreview preview) => preview switch
    {
        { Refusal: not null } => "refused",
        { NeedsHost: true } => "asks",
        { Consequences: { Moves.Count: > 0 } or { CouldNotStay.Count: > 0 } } => "tightens",
        _ => "admitted",
    };
}
