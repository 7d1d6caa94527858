namespace Parley.Sfu.Rooms;

/// <summary>A published track: whose, and what. Stable while its participant stays, also over a reconnect.</summary>
/// <param name="Participant">The participant's id.</param>
/// <param name="Kind">Which of the participant's tracks.</param>
public readonly record struct SourceId(string Participant, SourceKind Kind);
