namespace Parley.Sfu.Transports;

/// <summary>Finds what owns an ICE user fragment of ours (RFC 8445 section 5.3) from the bytes of a STUN message, allocating nothing.</summary>
/// <typeparam name="T">The owner.</typeparam>
public sealed class UfragTable<T>
    where T : class
{
    // RFC 8839 section 5.4: 4 to 256 characters.
    private const int MaximumLength = 256;

    private readonly Dictionary<string, T> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Makes an empty table.</summary>
    public UfragTable() => _lookup = _owners.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Adds a user fragment; false when another owner has it.</summary>
    public bool TryAdd(string ufrag, T owner) => _owners.TryAdd(ufrag, owner) || ReferenceEquals(_owners[ufrag], owner);

    /// <summary>Forgets a user fragment if <paramref name="owner"/> owns it.</summary>
    public void Remove(string ufrag, T owner)
    {
        if (_owners.TryGetValue(ufrag, out T? found) && ReferenceEquals(found, owner))
            _owners.Remove(ufrag);
    }

    /// <summary>The owner of a user fragment; null when there is none.</summary>
    public T? Find(ReadOnlySpan<byte> ufrag)
    {
        if (ufrag.Length > MaximumLength)
            return null;
        Span<char> text = stackalloc char[MaximumLength];
        for (int i = 0; i < ufrag.Length; i++)
            text[i] = (char)ufrag[i];
        return _lookup.TryGetValue(text[..ufrag.Length], out T? owner) ? owner : null;
    }
}
