using Parley.Routing.Geofences;

namespace Parley.Server.Geofences;

/// <summary>The names of scopes in the protocol.</summary>
internal static class ScopeNames
{
    /// <summary>A scope's name.</summary>
    public static string Of(GeofenceScope scope) => scope switch
    {
        GeofenceScope.Platform => "platform",
        GeofenceScope.Organisation => "organisation",
        GeofenceScope.Group => "group",
        GeofenceScope.User => "user",
        GeofenceScope.Meeting => "meeting",
        _ => "participant",
    };
}
