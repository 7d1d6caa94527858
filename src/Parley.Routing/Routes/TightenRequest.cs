using Parley.Routing.Geofences;

namespace Parley.Routing.Routes;

/// <summary>What the host is asked when a newcomer's stricter fence would cost others something.</summary>
/// <param name="Id">The request's id, for <see cref="MeetingRoute.HostDecides"/>.</param>
/// <param name="Participant">The newcomer.</param>
/// <param name="Fence">Their fence.</param>
/// <param name="Consequences">What it would do.</param>
public sealed record TightenRequest(string Id, string Participant, Geofence Fence, RouteConsequences Consequences);
