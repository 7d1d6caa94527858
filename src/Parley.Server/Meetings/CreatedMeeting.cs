using System.ComponentModel;

namespace Parley.Server.Meetings;

/// <summary>A meeting that was created.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Url">The page to join it.</param>
/// <param name="HostKey">The host's secret: it is shown this once.</param>
internal sealed record CreatedMeeting(
    [property: Description("The meeting's id.")] string Id,
    [property: Description("The page to join it.")] string Url,
    [property: Description("The host's secret, for Authorization: Bearer. It is shown this once and stored only as a hash.")] string HostKey);
