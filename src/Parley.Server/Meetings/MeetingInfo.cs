namespace Parley.Server.Meetings;

/// <summary>A meeting as those in it see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title, empty without.</param>
/// <param name="E2ee">Whether media is encrypted end to end.</param>
/// <param name="Locked">Whether nobody else can join.</param>
[GenerateSerializer]
[Immutable]
internal sealed record MeetingInfo(string Id, string Title, string E2ee, bool Locked);
