using System.Diagnostics.CodeAnalysis;
using Parley.Sfu.Packets;

namespace Parley.Sfu.Rooms;

/// <summary>
/// The events that wait to be taken, oldest first, bounded. When it is full, waiting statistics and speaker lists go first, since newer ones follow; any other event is dropped and counted.
/// </summary>
public sealed class EventRing
{
    private readonly ShardEvent?[] _ring;
    private readonly DropCounters _drops;
    private int _first;
    private int _count;

    /// <summary>Makes an empty ring.</summary>
    public EventRing(int capacity, DropCounters drops)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _ring = new ShardEvent?[capacity];
        _drops = drops;
    }

    /// <summary>Adds an event behind the others.</summary>
    public void Add(ShardEvent shardEvent)
    {
        if (_count == _ring.Length)
        {
            _drops.Count(DropReason.EventOverflow);
            if (!TryMakeRoom())
                return;
        }

        _ring[(_first + _count++) % _ring.Length] = shardEvent;
    }

    /// <summary>Takes the oldest event; false when there is none.</summary>
    public bool TryTake([MaybeNullWhen(false)] out ShardEvent shardEvent)
    {
        shardEvent = null;
        if (_count == 0)
            return false;
        shardEvent = _ring[_first]!;
        _ring[_first] = null;
        _first = (_first + 1) % _ring.Length;
        _count--;
        return true;
    }

    private bool TryMakeRoom()
    {
        for (int age = 0; age < _count; age++)
        {
            if (_ring[(_first + age) % _ring.Length] is not (StatisticsReported or SpeakersChanged))
                continue;
            for (int i = age; i < _count - 1; i++)
                _ring[(_first + i) % _ring.Length] = _ring[(_first + i + 1) % _ring.Length];
            _count--;
            return true;
        }

        return false;
    }
}
