using Parley.Rtc.Primitives;

namespace Parley.Sfu.Transports;

/// <summary>
/// Finds what owns a peer's address: asked once per datagram. Open addressing with linear probing, so that a look-up touches one or two entries and allocates nothing;
/// only addresses that an authenticated check validated are ever added.
/// </summary>
/// <typeparam name="T">The owner.</typeparam>
public sealed class AddressTable<T>
    where T : class
{
    private const int InitialCapacity = 64;

    private Entry[] _entries = new Entry[InitialCapacity];

    /// <summary>How many addresses are known.</summary>
    public int Count { get; private set; }

    /// <summary>The owner of <paramref name="address"/>; null when nobody owns it.</summary>
    public T? Find(in TransportAddress address)
    {
        Entry[] entries = _entries;
        int mask = entries.Length - 1;
        for (int at = address.GetHashCode() & mask; ; at = (at + 1) & mask)
        {
            ref readonly Entry entry = ref entries[at];
            if (entry.Owner is null || entry.Address == address)
                return entry.Owner;
        }
    }

    /// <summary>Makes <paramref name="owner"/> the owner of <paramref name="address"/>, whoever it was before.</summary>
    public void Set(in TransportAddress address, T owner)
    {
        if ((Count + 1) * 2 > _entries.Length)
            Grow();
        ref Entry entry = ref _entries[Probe(address)];
        if (entry.Owner is null)
            Count++;
        entry = new Entry { Address = address, Owner = owner };
    }

    /// <summary>Forgets <paramref name="address"/> if <paramref name="owner"/> owns it; false when it does not.</summary>
    public bool Remove(in TransportAddress address, T owner)
    {
        int gap = Probe(address);
        if (!ReferenceEquals(_entries[gap].Owner, owner))
            return false;
        int mask = _entries.Length - 1;
        // Shift back what probed past the gap, so that no tombstones are needed (Knuth, volume 3, algorithm 6.4 R).
        for (int next = (gap + 1) & mask; _entries[next].Owner is not null; next = (next + 1) & mask)
        {
            int home = _entries[next].Address.GetHashCode() & mask;
            if (((next - home) & mask) < ((next - gap) & mask))
                continue;
            _entries[gap] = _entries[next];
            gap = next;
        }

        _entries[gap] = default;
        Count--;
        return true;
    }

    private int Probe(in TransportAddress address)
    {
        int mask = _entries.Length - 1;
        int at = address.GetHashCode() & mask;
        while (_entries[at].Owner is not null && _entries[at].Address != address)
            at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[old.Length * 2];
        foreach (Entry entry in old)
        {
            if (entry.Owner is not null)
                _entries[Probe(entry.Address)] = entry;
        }
    }

    private struct Entry
    {
        public TransportAddress Address;
        public T? Owner;
    }
}
