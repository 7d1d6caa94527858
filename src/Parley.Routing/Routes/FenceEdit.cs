using Parley.Routing.Geofences;

namespace Parley.Routing.Routes;

/// <summary>Another geofence for a scope.</summary>
/// <param name="Scope">Any but <see cref="GeofenceScope.Participant"/>.</param>
/// <param name="Fence">It, replacing the one before; <see cref="Geofence.Open"/> opens.</param>
public sealed record FenceEdit(GeofenceScope Scope, Geofence Fence)
{
    /// <summary>
    /// Whether it was sound when somebody wrote it, under an earlier directory. What it names that the directory does not know any more is no fault then: to deny a region that is gone
    /// changes nothing, to allow it selects nothing, and a group that is gone counts as outside.
    /// </summary>
    public bool IsStored { get; init; }
}
