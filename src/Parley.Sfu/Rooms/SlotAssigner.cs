namespace Parley.Sfu.Rooms;

/// <summary>
/// Puts wanted sources into a subscriber's slots of one kind and moves as little as possible: a source that has a slot keeps it while it is wanted, one that comes back gets the slot
/// it was last seen in if that is free, and others fill free slots in their order.
/// </summary>
public static class SlotAssigner
{
    /// <summary>Assigns <paramref name="wanted"/>, most wanted first; those that find no slot wait.</summary>
    public static void Assign(ReadOnlySpan<AssignedSlot> slots, List<Source> wanted)
    {
        foreach (AssignedSlot slot in slots)
        {
            if (slot.Source is not null && !IsWanted(slots, wanted, slot.Source))
                slot.Assign(null);
        }

        int free = CountFree(slots);
        for (int i = 0; i < wanted.Count && free > 0; i++)
        {
            if (!HasSlot(slots, wanted[i]) && FindFree(slots, wanted[i]) is { } slot)
            {
                slot.Assign(wanted[i]);
                free--;
            }
        }

        foreach (AssignedSlot slot in slots)
            slot.AnnounceEmpty();
    }

    // Only as many as there are slots count: what comes after those waits even if it has a slot from before.
    private static bool IsWanted(ReadOnlySpan<AssignedSlot> slots, List<Source> wanted, Source source)
    {
        int index = wanted.IndexOf(source);
        return index >= 0 && index < slots.Length;
    }

    private static int CountFree(ReadOnlySpan<AssignedSlot> slots)
    {
        int free = 0;
        foreach (AssignedSlot slot in slots)
            free += slot.Source is null ? 1 : 0;
        return free;
    }

    private static bool HasSlot(ReadOnlySpan<AssignedSlot> slots, Source source)
    {
        foreach (AssignedSlot slot in slots)
        {
            if (ReferenceEquals(slot.Source, source))
                return true;
        }

        return false;
    }

    private static AssignedSlot? FindFree(ReadOnlySpan<AssignedSlot> slots, Source source)
    {
        AssignedSlot? found = null;
        foreach (AssignedSlot slot in slots)
        {
            if (slot.Source is not null || !slot.Slot.CanPlay(source.Track))
                continue;
            if (slot.LastShowed(source))
                return slot;
            found ??= slot;
        }

        return found;
    }
}
