namespace Parley.Server.Meetings;

/// <summary>A participant as everyone in the meeting sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Microphone">Whether its microphone is on.</param>
/// <param name="Camera">Whether its camera is on.</param>
/// <param name="Since">Its place in the order of joining.</param>
[GenerateSerializer]
[Immutable]
internal sealed record ParticipantInfo(string Id, string Name, bool Microphone, bool Camera, long Since);
