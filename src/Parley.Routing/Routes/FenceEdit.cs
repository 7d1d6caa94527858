using Parley.Routing.Geofences;

namespace Parley.Routing.Routes;

/// <summary>Another geofence for a scope.</summary>
/// <param name="Scope">Any but <see cref="GeofenceScope.Participant"/>.</param>
/// <param name="Fence">It, replacing the one before; <see cref="Geofence.Open"/> opens.</param>
public sealed record FenceEdit(GeofenceScope Scope, Geofence Fence);
