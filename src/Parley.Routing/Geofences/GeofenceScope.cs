namespace Parley.Routing.Geofences;

/// <summary>Whose geofence it is, widest first. The effective geofence is the intersection over all scopes.</summary>
public enum GeofenceScope
{
    /// <summary>The operator's, for all meetings.</summary>
    Platform,

    /// <summary>An organisation's, for its meetings.</summary>
    Organisation,

    /// <summary>A group's inside an organisation.</summary>
    Group,

    /// <summary>A user's own, for every meeting they make or join.</summary>
    User,

    /// <summary>The meeting's, edited by its host.</summary>
    Meeting,

    /// <summary>One participant's, for this meeting.</summary>
    Participant,
}
