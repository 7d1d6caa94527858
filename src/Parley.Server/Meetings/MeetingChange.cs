using Parley.Server.Geofences;

namespace Parley.Server.Meetings;

/// <summary>What a host changes; null leaves a fact as it is.</summary>
/// <param name="Title">The new title.</param>
/// <param name="Locked">Whether nobody else may join.</param>
/// <param name="Ended">True ends the meeting for good.</param>
/// <param name="Geofence">The meeting's new geofence.</param>
/// <param name="TightenLimit">How much a newcomer's fence may lengthen anyone's expected delay unasked, milliseconds.</param>
/// <param name="E2ee">Whether media is encrypted end to end; only before anyone has joined.</param>
[GenerateSerializer]
[Immutable]
internal sealed record MeetingChange(string? Title, bool? Locked, bool? Ended, GeofenceInput? Geofence, int? TightenLimit, string? E2ee);
