using Parley.Cli.Load.Media;

namespace Parley.Cli.Load.Measuring;

/// <summary>What one subscriber received of one publisher's stream within the measured time: each packet counts once, however often it came.</summary>
public sealed class StreamMeter
{
    private const int Window = 4096; // Packets, a power of two: far above any reordering.

    private readonly ulong[] _seen = new ulong[Window / 64];
    private long _first = -1;
    private long _highest = -1;

    /// <summary>Different packets received.</summary>
    public long Received { get; private set; }

    /// <summary>Packets that came again.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Packets that were sent between the first and the last received and did not come.</summary>
    public long Lost => _first < 0 ? 0 : _highest - _first + 1 - Received;

    /// <summary>Begins anew: the next packet is the first one.</summary>
    public void Clear()
    {
        Array.Clear(_seen);
        _first = _highest = -1;
        Received = 0;
        Duplicates = 0;
    }

    /// <summary>Notes a packet; false when it is a duplicate or from before the measured time.</summary>
    public bool Add(in PacketStamp stamp)
    {
        long counter = stamp.Counter;
        if (_first < 0)
            _first = _highest = counter;
        else if (counter > _highest)
            Advance(counter);
        else if (counter < _first || counter <= _highest - Window)
            return false;

        ulong bit = 1UL << (int)(counter & 63);
        ref ulong word = ref _seen[(int)(counter & (Window - 1)) >> 6];
        if ((word & bit) != 0)
        {
            Duplicates++;
            return false;
        }

        word |= bit;
        Received++;
        return true;
    }

    private void Advance(long counter)
    {
        if (counter - _highest >= Window)
            Array.Clear(_seen);
        else
        {
            for (long passed = _highest + 1; passed <= counter; passed++)
                _seen[(int)(passed & (Window - 1)) >> 6] &= ~(1UL << (int)(passed & 63));
        }

        _highest = counter;
    }
}
