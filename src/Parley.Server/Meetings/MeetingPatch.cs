using System.ComponentModel;
using System.Text.Json.Serialization;

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

    /// <summary>Whether newcomers wait until they are let in.</summary>
    [Description("Whether newcomers wait in a lobby. This build has none and refuses true.")]
    public bool? Lobby { get; init; }

    /// <summary>Which regions may carry it.</summary>
    [Description("The geofence. This build refuses any that is not empty.")]
    public GeofenceRequest? Geofence { get; init; }

    /// <summary>True ends the meeting.</summary>
    [Description("True ends the meeting for everyone, for good.")]
    public bool? Ended { get; init; }
}
