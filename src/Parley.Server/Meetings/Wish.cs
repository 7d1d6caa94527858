namespace Parley.Server.Meetings;

/// <summary>A picture that a participant wants to see.</summary>
/// <param name="Participant">Whose.</param>
/// <param name="Source">Which of its tracks.</param>
/// <param name="Height">How tall it is shown, in device pixels.</param>
[GenerateSerializer]
[Immutable]
internal sealed record Wish(string Participant, string Source, int Height);
