using Parley.Routing.Geofences;
using Parley.Routing.Planning;

namespace Parley.Routing.Routes;

/// <summary>The route as people see it.</summary>
public sealed record RouteView
{
    /// <summary>Counts the plans.</summary>
    public required long Epoch { get; init; }

    /// <summary>The home region.</summary>
    public required string Home { get; init; }

    /// <summary>The meeting's own fence.</summary>
    public required Geofence Fence { get; init; }

    /// <summary>What the effective fence says of each region, as anybody may see it: see <see cref="RegionVerdict.SeenBy"/>.</summary>
    public required IReadOnlyList<RegionVerdict> Regions { get; init; }

    /// <summary>Where everyone is, or is about to connect when they are nowhere at the moment.</summary>
    public required IReadOnlyList<RouteSeat> Participants { get; init; }

    /// <summary>The relays in use.</summary>
    public required IReadOnlyList<RelayLeg> Relays { get; init; }

    /// <summary>The nodes that hold grants.</summary>
    public required IReadOnlyList<RouteNode> Nodes { get; init; }

    /// <summary>The longest mouth-to-ear delay of any two participants by the plan, ms.</summary>
    public required double WorstDelay { get; init; }

    /// <summary>The mean over all pairs, ms.</summary>
    public required double MeanDelay { get; init; }

    /// <summary>Whether anything that enters the two delays is estimated from distance or assumed; see <see cref="RoutePlan.IsComputed"/>.</summary>
    public required bool IsComputed { get; init; }
}
