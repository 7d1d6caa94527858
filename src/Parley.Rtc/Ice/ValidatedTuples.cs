using Parley.Rtc.Primitives;

namespace Parley.Rtc.Ice;

/// <summary>The sources from which an authenticated check came: few, so an array. When it is full, the one unused for longest makes room, never the selected one.</summary>
internal sealed class ValidatedTuples
{
    public const int Capacity = 8;

    private readonly TransportAddress[] _addresses = new TransportAddress[Capacity];
    private readonly MonotonicTime[] _lastChecks = new MonotonicTime[Capacity];
    private int _count;

    public bool Contains(TransportAddress address) => IndexOf(address) >= 0;

    /// <summary>Notes a check; true when the address is new.</summary>
    public bool Note(TransportAddress address, TransportAddress? selected, MonotonicTime now, out TransportAddress? forgotten)
    {
        forgotten = null;
        int index = IndexOf(address);
        bool isNew = index < 0;
        if (isNew)
        {
            index = _count < Capacity ? _count++ : Oldest(selected);
            if (_addresses[index] != default)
                forgotten = _addresses[index];
            _addresses[index] = address;
        }

        _lastChecks[index] = now;
        return isNew;
    }

    private int IndexOf(TransportAddress address) => _addresses.AsSpan(0, _count).IndexOf(address);

    private int Oldest(TransportAddress? selected)
    {
        int oldest = -1;
        for (int i = 0; i < _count; i++)
        {
            if (_addresses[i] != selected && (oldest < 0 || _lastChecks[i] < _lastChecks[oldest]))
                oldest = i;
        }

        return oldest;
    }
}
