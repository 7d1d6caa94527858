namespace Parley.E2e.Encryption;

/// <summary>The frames of one source or slot.</summary>
internal sealed record SealedCount(int Passed, Dictionary<string, int> Dropped, int BytesAdded, double DelayMs, int KeyFrameRequests);
