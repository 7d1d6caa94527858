using System.ComponentModel;
using System.Text.Json.Serialization;
using Parley.Server.Geofences;

namespace Parley.Server.Meetings;

/// <summary>What a new meeting shall be. A name that is not known here is refused: a misspelt geofence must not be ignored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewMeeting
{
    /// <summary>Its title.</summary>
    [Description("The title, at most 120 characters.")]
    public string? Title { get; init; }

    /// <summary>Whether media must be encrypted end to end.</summary>
    [Description("\"required\" or \"off\", which is also what a missing value means. Where it is required no server can read media, chat or names, and WHIP and WHEP cannot take part.")]
    public string? E2ee { get; init; }

    /// <summary>Which regions may carry it.</summary>
    [Description("The geofence: which regions may carry the meeting. Missing or {}: all that the operator allows.")]
    public GeofenceInput? Geofence { get; init; }

    /// <summary>How much a newcomer's fence may lengthen anyone's expected delay without a host being asked.</summary>
    [Description("How much a newcomer's fence may lengthen anyone's expected delay without a host being asked, milliseconds from 0 to 10000; 100 when missing.")]
    public int? TightenLimit { get; init; }

    /// <summary>Where its control state shall live.</summary>
    [Description("The home region's id; when missing this node's, or the nearest inside the fence. Another one than this node's is answered with 307.")]
    public string? HomeRegion { get; init; }

    /// <summary>Whether newcomers wait until they are let in.</summary>
    [Description("Whether newcomers wait in a lobby. This build has none and refuses true.")]
    public bool? Lobby { get; init; }
}
