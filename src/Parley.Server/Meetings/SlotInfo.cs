namespace Parley.Server.Meetings;

/// <summary>What a slot shows from an RTP timestamp on.</summary>
/// <param name="Mid">The slot's m-line.</param>
/// <param name="Participant">Whose track; null: the slot is empty.</param>
/// <param name="Source">Which of its tracks.</param>
/// <param name="From">The first RTP timestamp.</param>
[GenerateSerializer]
[Immutable]
internal sealed record SlotInfo(string Mid, string? Participant, string? Source, uint From);
