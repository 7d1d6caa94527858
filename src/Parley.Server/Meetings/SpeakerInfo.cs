namespace Parley.Server.Meetings;

/// <summary>Who speaks.</summary>
/// <param name="Dominant">The dominant speaker; null: nobody yet.</param>
/// <param name="Audible">All who are audible now.</param>
[GenerateSerializer]
[Immutable]
internal sealed record SpeakerInfo(string? Dominant, string[] Audible);
