namespace Parley.Rtc.Primitives;

/// <summary>
/// Turns the 16-bit sequence numbers of one stream into 64-bit extended ones that never wrap, choosing the value nearest to the highest seen (RFC 3711 section 3.3.1).
/// The first number seen becomes <c>65,536 + sequence</c>, so that a packet reordered before the first one still has a positive number.
/// </summary>
public struct SequenceExtender
{
    private long _highest;

    /// <summary>Whether a number was seen.</summary>
    public readonly bool HasValue => _highest != 0;

    /// <summary>The highest extended number seen; 0 before the first.</summary>
    public readonly long Highest => _highest;

    /// <summary>The extended number nearest to the highest seen, without remembering it.</summary>
    public readonly long Peek(ushort sequence)
    {
        if (_highest == 0)
            return 0x10000L + sequence;
        short delta = (short)(ushort)(sequence - (ushort)_highest);
        return _highest + delta;
    }

    /// <summary>The extended number of <paramref name="sequence"/>; remembers it when it is the highest.</summary>
    public long Extend(ushort sequence)
    {
        long extended = Peek(sequence);
        if (extended > _highest)
            _highest = extended;
        return extended;
    }
}
