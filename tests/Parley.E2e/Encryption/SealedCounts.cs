namespace Parley.E2e.Encryption;

/// <summary>What a page's worker did with frames, by source and by slot.</summary>
internal sealed record SealedCounts(SealedCount[] Sending, SealedCount[] Slots)
{
    public int Opened => Slots.Sum(static slot => slot.Passed);

    public int KeyFrameRequests => Slots.Sum(static slot => slot.KeyFrameRequests);

    public int Dropped(string reason) => Slots.Sum(slot => slot.Dropped.GetValueOrDefault(reason));
}
