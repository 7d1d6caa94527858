using Parley.Server.Routes;

namespace Parley.Server.Meetings;

/// <summary>A meeting's public facts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title, empty without.</param>
/// <param name="E2ee">Whether media is encrypted end to end.</param>
/// <param name="Locked">Whether nobody else can join.</param>
/// <param name="Ended">Whether it is over.</param>
/// <param name="HomeRegion">Where its control state lives.</param>
/// <param name="TightenLimit">How much a newcomer's fence may lengthen anyone's expected delay without a host being asked, milliseconds.</param>
/// <param name="Geofence">Which regions may carry it.</param>
internal sealed record MeetingView(string Id, string Title, string E2ee, bool Locked, bool Ended, string HomeRegion, int TightenLimit, FenceInfo Geofence);
