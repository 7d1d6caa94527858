namespace Parley.Sfu.Slots;

/// <summary>
/// Maps growing 64-bit source numbers to outgoing ones without a hole for what was left out: a bounded ring of intervals, each with one offset.
/// It is the memory of <see cref="SequenceMunger"/> and of the codec ids. The newest interval is open: it grows with each commit.
/// </summary>
/// <remarks>
/// Numbers that nobody decided about (lost before they reached us) keep their place, so that they can still be sent late.
/// Every change of source begins an epoch; numbers of former epochs can be reversed but no longer mapped.
/// </remarks>
public sealed class IntervalMap
{
    private readonly Interval[] _intervals;
    private int _newest = -1;
    private int _count;
    private int _epoch;
    private long _highestSource;
    private long _nextOutgoing;

    /// <summary>Makes an empty map.</summary>
    /// <param name="capacity">The most intervals remembered; the oldest is forgotten first.</param>
    /// <param name="firstOutgoing">The outgoing number of the first source number.</param>
    public IntervalMap(int capacity, long firstOutgoing)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _intervals = new Interval[capacity];
        _nextOutgoing = firstOutgoing;
    }

    /// <summary>The number of source changes so far; 0 before the first source.</summary>
    public int Epoch => _epoch;

    /// <summary>The lowest outgoing number that no source number of the current or an earlier epoch owns.</summary>
    public long NextOutgoing => _nextOutgoing;

    /// <summary>The highest source number of the current epoch that was committed or dropped.</summary>
    public long HighestSource => _highestSource;

    /// <summary>The outgoing number with which a new source would begin when <paramref name="gap"/> numbers are left out; none are before the first source.</summary>
    public long FirstOutgoingAfterSwitch(int gap) => _epoch == 0 ? _nextOutgoing : _nextOutgoing + gap;

    /// <summary>Begins an epoch: <paramref name="firstSource"/> maps to <paramref name="outgoing"/>, at least <see cref="NextOutgoing"/>.</summary>
    public void Switch(long firstSource, long outgoing)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outgoing, _nextOutgoing);
        _epoch++;
        Open(firstSource, outgoing - firstSource);
        _highestSource = firstSource;
        _nextOutgoing = outgoing + 1;
    }

    /// <summary>The outgoing number of <paramref name="source"/>; false when it was dropped, is older than the map reaches or there is no source.</summary>
    public bool TryMap(long source, out long outgoing)
    {
        for (int age = 0; age < _count; age++)
        {
            ref readonly Interval interval = ref At(age);
            if (interval.Epoch != _epoch)
                break;
            if (source < interval.First)
                continue;
            outgoing = source + interval.Offset;
            return age == 0 || source <= interval.Last;
        }

        outgoing = 0;
        return false;
    }

    /// <summary>Notes that <paramref name="source"/>, mapped before, was sent.</summary>
    public void Commit(long source)
    {
        if (_epoch == 0 || source <= _highestSource)
            return;
        _highestSource = source;
        _nextOutgoing = source + At(0).Offset + 1;
    }

    /// <summary>
    /// Takes <paramref name="source"/> out of the mapping. True when its number was newer than all committed or dropped, so that the following numbers move up by one;
    /// false when its place is already behind, where a hole stays.
    /// </summary>
    public bool Drop(long source)
    {
        if (_epoch == 0 || source <= _highestSource)
            return false;
        ref Interval open = ref At(0);
        long offset = open.Offset - 1;
        if (source == open.First)
        {
            open.First = source + 1;
            open.Offset = offset;
        }
        else
        {
            open.Last = source - 1;
            Open(source + 1, offset);
        }

        _highestSource = source;
        _nextOutgoing = source + 1 + offset;
        return true;
    }

    /// <summary>The source number and epoch that own <paramref name="outgoing"/>; false when none does or the map no longer reaches so far.</summary>
    public bool TryReverse(long outgoing, out long source, out int epoch)
    {
        for (int age = 0; age < _count && outgoing < _nextOutgoing; age++)
        {
            ref readonly Interval interval = ref At(age);
            source = outgoing - interval.Offset;
            if (source < interval.First)
                continue;
            epoch = interval.Epoch;
            return source <= (age == 0 ? _highestSource : interval.Last);
        }

        source = 0;
        epoch = 0;
        return false;
    }

    /// <summary>Reads what mapping reads; see <see cref="Slot.Touch"/>.</summary>
    public long Touch() => _count == 0 ? 0 : At(0).Offset;

    private void Open(long first, long offset)
    {
        if (_count > 0 && At(0).Epoch != _epoch)
            At(0).Last = _highestSource;
        _newest = _newest + 1 == _intervals.Length ? 0 : _newest + 1;
        _count = Math.Min(_count + 1, _intervals.Length);
        _intervals[_newest] = new Interval { First = first, Last = long.MaxValue, Offset = offset, Epoch = _epoch };
    }

    private ref Interval At(int age)
    {
        int index = _newest - age;
        return ref _intervals[index < 0 ? index + _intervals.Length : index];
    }

    private struct Interval
    {
        public long First;
        public long Last;
        public long Offset;
        public int Epoch;
    }
}
