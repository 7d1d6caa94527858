namespace Parley.Sfu.Packets;

/// <summary>
/// The packet buffers of one shard: a slab of pinned memory cut into slots of <see cref="SlotSize"/> bytes, counted by plain ints since one thread owns them.
/// The shell rents a slot, receives into it and hands it to the core; a slot that the core keeps (a retransmission cache entry) has a reference more.
/// </summary>
public sealed class PacketPool
{
    /// <summary>Bytes in a slot: the largest datagram that comes over Ethernet, in whole cache lines. A publisher's packets of the last moments stay in theirs, so that each byte counts some hundred times.</summary>
    public const int SlotSize = 1536;

    private readonly byte[] _memory;
    private readonly ushort[] _references;
    private readonly int[] _free;
    private int _freeCount;

    /// <summary>Makes a pool of <paramref name="capacity"/> slots.</summary>
    public PacketPool(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _memory = GC.AllocateUninitializedArray<byte>(checked(capacity * SlotSize), pinned: true);
        _references = new ushort[capacity];
        _free = new int[capacity];
        for (int i = 0; i < capacity; i++)
            _free[i] = capacity - 1 - i;
        _freeCount = capacity;
    }

    /// <summary>How many slots there are.</summary>
    public int Capacity => _free.Length;

    /// <summary>How many slots are free.</summary>
    public int Available => _freeCount;

    /// <summary>Takes a free slot with one reference; -1 when none is left.</summary>
    public int TryRent()
    {
        if (_freeCount == 0)
            return -1;
        int slot = _free[--_freeCount];
        _references[slot] = 1;
        return slot;
    }

    /// <summary>Adds a reference to a rented slot.</summary>
    public void Keep(int slot) => _references[slot]++;

    /// <summary>Gives a reference back; the last one frees the slot.</summary>
    public void Release(int slot)
    {
        if (_references[slot] == 0)
            throw new InvalidOperationException("A packet slot was released more often than rented.");
        if (--_references[slot] == 0)
            _free[_freeCount++] = slot;
    }

    /// <summary>The bytes of a slot. They are pinned: their address holds for the pool's life.</summary>
    public Span<byte> Bytes(int slot) => _memory.AsSpan(slot * SlotSize, SlotSize);
}
