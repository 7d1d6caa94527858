namespace Parley.E2e.Encryption;

/// <summary>What a page would tell people of a slot.</summary>
internal sealed record SealedNotice(string Code, string Mid, string? Participant, string? Sender, string Why);
