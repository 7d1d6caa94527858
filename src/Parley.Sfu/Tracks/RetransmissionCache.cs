using System.Numerics;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Sfu.Tracks;

/// <summary>
/// The last packets of one layer, by extended sequence number, each in the packet buffer it was received into (the cache keeps a reference, no copy).
/// Answers every subscriber's NACK of that layer. Bounded by count and by age; also tells duplicates.
/// </summary>
public sealed class RetransmissionCache
{
    /// <summary>How long video is kept by default: longer than a receiver asks for it.</summary>
    public static readonly TimeSpan DefaultMaximumAge = TimeSpan.FromSeconds(2);

    private readonly PacketPool _pool;
    private readonly CachedPacket[] _ring;
    private readonly int _mask;
    private readonly TimeSpan _maximumAge;
    private long _highest;
    private long _oldest;

    /// <summary>Makes an empty cache.</summary>
    /// <param name="pool">The buffers of the shard.</param>
    /// <param name="capacity">The most packets held; a power of two.</param>
    /// <param name="maximumAge">How long a packet stays.</param>
    public RetransmissionCache(PacketPool pool, int capacity, TimeSpan maximumAge)
    {
        if (capacity <= 0 || !BitOperations.IsPow2(capacity))
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "The capacity is a power of two.");
        _pool = pool;
        _ring = new CachedPacket[capacity];
        _mask = capacity - 1;
        _maximumAge = maximumAge;
    }

    /// <summary>How many packets are held.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Takes a packet and adds a reference to its buffer; false, without one, when it is a duplicate or older than the cache reaches.
    /// Older packets leave for it. Extended numbers are positive.
    /// </summary>
    public bool TryAdd(in CachedPacket packet)
    {
        long sequence = packet.Sequence;
        if (sequence <= 0 || sequence <= _highest - _ring.Length || At(sequence).Sequence == sequence)
            return false;
        if (Count == 0)
            _oldest = sequence;
        if (sequence > _highest)
            RemoveUpTo(sequence - _ring.Length);
        _pool.Keep(packet.Slot);
        At(sequence) = packet;
        Count++;
        _highest = Math.Max(_highest, sequence);
        _oldest = Math.Min(_oldest, sequence);
        return true;
    }

    /// <summary>Finds a packet. Its buffer is the cache's: valid until the next call that adds, expires or clears.</summary>
    public bool TryGet(long sequence, out CachedPacket packet)
    {
        packet = At(sequence);
        return sequence > 0 && packet.Sequence == sequence;
    }

    /// <summary>Lets go of packets older than the maximum age. Reordered packets leave with their neighbours.</summary>
    public void Expire(MonotonicTime now)
    {
        while (Count > 0)
        {
            ref readonly CachedPacket packet = ref At(_oldest);
            if (packet.Sequence == _oldest && now - packet.Arrival <= _maximumAge)
                return;
            Remove(_oldest++);
        }
    }

    /// <summary>Lets go of the oldest packet, when the shard is short of buffers; false when there is none.</summary>
    public bool TryRemoveOldest()
    {
        int before = Count;
        while (Count > 0 && Count == before)
            Remove(_oldest++);
        return before > 0;
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        while (TryRemoveOldest())
        {
        }

        _highest = 0;
    }

    private void RemoveUpTo(long last)
    {
        while (Count > 0 && _oldest <= last)
            Remove(_oldest++);
        _oldest = Count == 0 ? last + _ring.Length : _oldest;
    }

    private void Remove(long sequence)
    {
        ref CachedPacket entry = ref At(sequence);
        if (entry.Sequence != sequence)
            return;
        _pool.Release(entry.Slot);
        entry = default;
        Count--;
    }

    private ref CachedPacket At(long sequence) => ref _ring[sequence & _mask];
}
