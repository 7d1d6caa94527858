using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Parley.Rtc.Rtp;

/// <summary>
/// One RTP packet, read in place (RFC 3550 section 5.1, RFC 8285). SRTP leaves the header in clear but not the padding count, so a packet is read in two steps:
/// <see cref="TryParseHeader"/> on the received bytes, then, once they are decrypted in place, <see cref="TryTrim"/>, which checks the padding. Plain RTP takes <see cref="TryParse"/>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly ref struct RtpHeaderView
{
    /// <summary>Bytes of the fixed header.</summary>
    public const int FixedLength = 12;

    private const int Version2 = 0x80;
    private const int PaddingBit = 0x20;
    private const int ExtensionBit = 0x10;

    private readonly ReadOnlySpan<byte> _packet;
    private readonly int _headerLength;
    private readonly int _extensionsLength;
    private readonly int _paddingLength;

    private RtpHeaderView(ReadOnlySpan<byte> packet, int headerLength, int extensionsLength, int paddingLength)
    {
        _packet = packet;
        _headerLength = headerLength;
        _extensionsLength = extensionsLength;
        _paddingLength = paddingLength;
    }

    /// <summary>Whether the P bit is set.</summary>
    public bool HasPadding => (_packet[0] & PaddingBit) != 0;

    /// <summary>Number of contributing sources, 0 to 15.</summary>
    public int CsrcCount => _packet[0] & 15;

    /// <summary>The marker bit: with the video codecs here, the last packet of a picture.</summary>
    public bool Marker => (_packet[1] & 0x80) != 0;

    /// <summary>The payload type, 0 to 127.</summary>
    public byte PayloadType => (byte)(_packet[1] & 0x7F);

    /// <summary>The 16-bit sequence number.</summary>
    public ushort Sequence => BinaryPrimitives.ReadUInt16BigEndian(_packet[2..]);

    /// <summary>The 32-bit timestamp, in ticks of the codec's clock.</summary>
    public uint Timestamp => BinaryPrimitives.ReadUInt32BigEndian(_packet[4..]);

    /// <summary>The synchronisation source.</summary>
    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(_packet[8..]);

    /// <summary>Bytes of the header with contributing sources and extensions: where the payload starts.</summary>
    public int HeaderLength => _headerLength;

    /// <summary>Bytes of padding behind the payload, its count included; known after <see cref="TryParse"/> or <see cref="TryTrim"/>, 0 before.</summary>
    public int PaddingLength => _paddingLength;

    /// <summary>The payload without its padding. After <see cref="TryParseHeader"/> alone: all bytes behind the header, whatever they are.</summary>
    public ReadOnlySpan<byte> Payload => _packet[_headerLength..^_paddingLength];

    /// <summary>The header extensions in their order; the enumeration ends at the first malformed one.</summary>
    public RtpExtensionEnumerator Extensions => _extensionsLength == 0
        ? default
        : new(_packet.Slice(_headerLength - _extensionsLength, _extensionsLength), BinaryPrimitives.ReadUInt16BigEndian(_packet[(_headerLength - _extensionsLength - 4)..]));

    /// <summary>
    /// Reads the header and leaves the rest of the packet alone: right for SRTP as received. False when the version is not 2 or the header with its contributing sources
    /// and extension block is longer than the packet.
    /// </summary>
    public static bool TryParseHeader(ReadOnlySpan<byte> packet, out RtpHeaderView header)
    {
        header = default;
        if (packet.Length < FixedLength || (packet[0] & 0xC0) != Version2)
            return false;
        int length = FixedLength + ((packet[0] & 15) * 4);
        int extensions = 0;
        if ((packet[0] & ExtensionBit) != 0)
        {
            if (packet.Length < length + 4)
                return false;
            extensions = BinaryPrimitives.ReadUInt16BigEndian(packet[(length + 2)..]) * 4;
            length += 4 + extensions;
        }

        if (packet.Length < length)
            return false;
        header = new(packet, length, extensions, 0);
        return true;
    }

    /// <summary>Reads a packet in clear, padding included. False as for <see cref="TryParseHeader"/>, and for a padding count of 0 or beyond the payload.</summary>
    public static bool TryParse(ReadOnlySpan<byte> packet, out RtpHeaderView header) =>
        TryParseHeader(packet, out header) && header.TryTrim(packet.Length, out header);

    /// <summary>
    /// The same packet after it was decrypted in place and is now <paramref name="packetLength"/> bytes long: the padding is checked and taken off the payload.
    /// False when the length is outside the packet or the padding count is 0 or more than the payload has.
    /// </summary>
    public bool TryTrim(int packetLength, out RtpHeaderView trimmed)
    {
        // The caller may trim a view into itself, so nothing is assigned before everything is read.
        RtpHeaderView header = this;
        trimmed = default;
        if (packetLength < header._headerLength || packetLength > header._packet.Length || packetLength == 0)
            return false;
        ReadOnlySpan<byte> packet = header._packet[..packetLength];
        int padding = 0;
        if (header.HasPadding)
        {
            padding = packet[^1];
            if (padding == 0 || padding > packetLength - header._headerLength)
                return false;
        }

        trimmed = new(packet, header._headerLength, header._extensionsLength, padding);
        return true;
    }

    /// <summary>One contributing source; 0 when <paramref name="index"/> is not below <see cref="CsrcCount"/>.</summary>
    public uint Csrc(int index) =>
        (uint)index < (uint)CsrcCount ? BinaryPrimitives.ReadUInt32BigEndian(_packet[(FixedLength + (index * 4))..]) : 0;

    /// <summary>Finds the first extension with an id; false when there is none.</summary>
    public bool TryGetExtension(byte id, out ReadOnlySpan<byte> data)
    {
        if (id != 0)
        {
            RtpExtensionEnumerator extensions = Extensions;
            while (extensions.MoveNext())
            {
                if (extensions.Current.Id != id)
                    continue;
                data = extensions.Current.Data;
                return true;
            }
        }

        data = default;
        return false;
    }

    /// <summary>Finds an extension by what it is; false when the peer did not negotiate it or the packet does not carry it.</summary>
    public bool TryGetExtension(ExtensionKind kind, ExtensionMap map, out ReadOnlySpan<byte> data) => TryGetExtension(map.IdOf(kind), out data);
}
