using Parley.Routing.Geofences;

namespace Parley.Routing.Routes;

/// <summary>A rule that stands in the way, told without saying whose it is beyond its scope.</summary>
/// <param name="Scope">Whose rule it is.</param>
/// <param name="Rule">The rule as in <see cref="RegionVerdict.Rule"/>; empty for another participant's, which is nobody else's business.</param>
/// <param name="Regions">The regions it excludes and the others would allow.</param>
public sealed record RouteConflict(GeofenceScope Scope, string Rule, IReadOnlyList<string> Regions);
