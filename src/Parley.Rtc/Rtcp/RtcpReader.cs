using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>
/// Walks over the packets of a decrypted RTCP datagram (RFC 3550 section 6.1), in any order and reduced in size (RFC 5506). Lengths are strict: at the first packet that does not
/// fit, has another version or false padding, the walk ends and <see cref="Malformed"/> is set. What came before stands.
/// </summary>
public ref struct RtcpReader
{
    /// <summary>The most packets that are read from one datagram.</summary>
    public const int MaximumPackets = 64;

    private const int HeaderLength = 4;

    private ReadOnlySpan<byte> _rest;
    private int _count;

    /// <summary>Starts before the first packet of <paramref name="compound"/>.</summary>
    public RtcpReader(ReadOnlySpan<byte> compound)
    {
        _rest = compound;
        Malformed = compound.IsEmpty;
    }

    /// <summary>The packet that the last <see cref="MoveNext"/> found.</summary>
    public RtcpPacketView Current { get; private set; }

    /// <summary>Whether the walk ended before the end of the datagram, or the datagram was empty.</summary>
    public bool Malformed { get; private set; }

    /// <summary>Goes on to the next packet; false at the end.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty)
            return false;
        if (_count++ < MaximumPackets && TryTake())
            return true;
        Malformed = true;
        _rest = default;
        return false;
    }

    private bool TryTake()
    {
        if (_rest.Length < HeaderLength || (_rest[0] & 0xC0) != 0x80)
            return false;
        int length = HeaderLength + (BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]) * 4);
        if (length > _rest.Length)
            return false;
        int padding = 0;
        if ((_rest[0] & 0x20) != 0)
        {
            // RFC 3550 section 6.4.1 lets only the last packet be padded, but browsers put padded feedback anywhere.
            padding = _rest[length - 1];
            if (padding == 0 || padding > length - HeaderLength)
                return false;
        }

        Current = new((RtcpPacketType)_rest[1], (byte)(_rest[0] & 31), _rest[HeaderLength..(length - padding)]);
        _rest = _rest[length..];
        return true;
    }
}
