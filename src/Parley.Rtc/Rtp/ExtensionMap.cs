namespace Parley.Rtc.Rtp;

/// <summary>Which id a peer gave to which header extension (RFC 8285): read per packet, so two small arrays.</summary>
public sealed class ExtensionMap
{
    private readonly ExtensionKind[] _kinds = new ExtensionKind[256];
    private readonly byte[] _ids = new byte[16];

    /// <summary>The map that knows no extension.</summary>
    public static ExtensionMap Empty { get; } = new([]);

    /// <summary>Makes a map; ids are 1 to 255 except 15, and the first entry of a kind or id wins.</summary>
    public ExtensionMap(IEnumerable<KeyValuePair<byte, ExtensionKind>> entries)
    {
        foreach ((byte id, ExtensionKind kind) in entries)
        {
            if (id is 0 or 15 || kind == ExtensionKind.None || _kinds[id] != ExtensionKind.None || _ids[(int)kind] != 0)
                continue;
            _kinds[id] = kind;
            _ids[(int)kind] = id;
        }
    }

    /// <summary>The kind behind an id; <see cref="ExtensionKind.None"/> when it was not negotiated.</summary>
    public ExtensionKind KindOf(byte id) => _kinds[id];

    /// <summary>The id of a kind; 0 when it was not negotiated.</summary>
    public byte IdOf(ExtensionKind kind) => _ids[(int)kind];

    /// <summary>Whether a kind was negotiated.</summary>
    public bool Has(ExtensionKind kind) => _ids[(int)kind] != 0;
}
