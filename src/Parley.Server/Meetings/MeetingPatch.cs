using System.ComponentModel;
using System.Text.Json.Serialization;
using Parley.Server.Geofences;

namespace Parley.Server.Meetings;

/// <summary>What a host changes; what is missing stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MeetingPatch
{
    /// <summary>The new title.</summary>
    [Description("The title, at most 120 characters.")]
    public string? Title { get; init; }

    /// <summary>Whether nobody else may join.</summary>
    [Description("True: nobody else can join. Who is in the meeting stays.")]
    public bool? Locked { get; init; }

    /// <summary>Whether media must be encrypted end to end.</summary>
    [Description("\"required\" or \"off\". Can change only before anyone has joined: 409 afterwards.")]
    public string? E2ee { get; init; }

    /// <summary>Whether newcomers wait until they are let in.</summary>
    [Description("Whether newcomers wait in a lobby. This build has none and refuses true.")]
    public bool? Lobby { get; init; }

    /// <summary>Which regions may carry it.</summary>
    [Description("The meeting's geofence, replacing the one before; {} opens it. People whose node is outside the new one move, without the meeting stopping.")]
    public GeofenceInput? Geofence { get; init; }

    /// <summary>How much a newcomer's fence may lengthen anyone's expected delay without a host being asked.</summary>
    [Description("How much a newcomer's fence may lengthen anyone's expected delay without a host being asked, milliseconds from 0 to 10000.")]
    public int? TightenLimit { get; init; }

    /// <summary>True ends the meeting.</summary>
    [Description("True ends the meeting for everyone, for good.")]
    public bool? Ended { get; init; }
}
