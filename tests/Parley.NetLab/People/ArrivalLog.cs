namespace Parley.NetLab.People;

/// <summary>When packets of one person's picture reached another. Safe from any thread.</summary>
internal sealed class ArrivalLog
{
    private readonly Lock _gate = new();
    private readonly List<long> _times = [];

    /// <summary>Notes a packet, us.</summary>
    public void Add(long time)
    {
        lock (_gate)
        {
            if (_times.Count == 0 || time > _times[^1])
                _times.Add(time);
        }
    }

    /// <summary>When the last one came; 0: none did.</summary>
    public long Last
    {
        get
        {
            lock (_gate)
                return _times.Count == 0 ? 0 : _times[^1];
        }
    }

    /// <summary>The longest time without a packet between two times, us; what lasts at the end counts.</summary>
    public long LongestGap(long from, long to)
    {
        lock (_gate)
        {
            long longest = 0, before = from;
            int first = _times.BinarySearch(from);
            for (int i = first < 0 ? ~first : first; i < _times.Count && _times[i] <= to; i++)
            {
                longest = Math.Max(longest, _times[i] - before);
                before = _times[i];
            }

            return Math.Max(longest, to - before);
        }
    }
}
