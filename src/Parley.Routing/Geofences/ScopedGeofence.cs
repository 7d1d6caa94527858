namespace Parley.Routing.Geofences;

/// <summary>A geofence and whose it is.</summary>
/// <param name="Scope">The scope.</param>
/// <param name="Fence">What it allows.</param>
/// <param name="Owner">The participant's id, with <see cref="GeofenceScope.Participant"/> inside the home region; null elsewhere, since no other node needs to know who asked for what.</param>
public sealed record ScopedGeofence(GeofenceScope Scope, Geofence Fence, string? Owner = null);
