namespace Parley.Rtc.Primitives;

/// <summary>Turns the 32-bit RTP timestamps of one stream into 64-bit extended ones that never wrap. The first one seen becomes <c>2^32 + timestamp</c>.</summary>
public struct TimestampExtender
{
    private long _highest;

    /// <summary>Whether a timestamp was seen.</summary>
    public readonly bool HasValue => _highest != 0;

    /// <summary>The highest extended timestamp seen; 0 before the first.</summary>
    public readonly long Highest => _highest;

    /// <summary>The extended timestamp nearest to the highest seen, without remembering it.</summary>
    public readonly long Peek(uint timestamp)
    {
        if (_highest == 0)
            return 0x1_0000_0000L + timestamp;
        int delta = (int)(timestamp - (uint)_highest);
        return _highest + delta;
    }

    /// <summary>The extended timestamp of <paramref name="timestamp"/>; remembers it when it is the highest.</summary>
    public long Extend(uint timestamp)
    {
        long extended = Peek(timestamp);
        if (extended > _highest)
            _highest = extended;
        return extended;
    }
}
