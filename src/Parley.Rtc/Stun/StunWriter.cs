using System.Buffers.Binary;
using System.Text;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Stun;

/// <summary>
/// Writes one Binding message into a span, attribute by attribute (RFC 8489 section 5): MESSAGE-INTEGRITY last but one, FINGERPRINT last.
/// When the span is too small the message is given up: <see cref="Length"/> is 0.
/// </summary>
public ref struct StunWriter
{
    private readonly Span<byte> _destination;
    private int _length;
    private bool _overflowed;

    /// <summary>Begins a Binding message.</summary>
    /// <param name="destination">Where to write; <see cref="StunConstants.MaximumLength"/> bytes always suffice.</param>
    /// <param name="messageClass">Request, indication or response.</param>
    /// <param name="transactionId">12 bytes.</param>
    public StunWriter(Span<byte> destination, StunClass messageClass, scoped ReadOnlySpan<byte> transactionId)
        : this(destination, StunConstants.BindingMethod, messageClass, transactionId)
    {
    }

    /// <summary>Begins a message of any method, 12 bits.</summary>
    internal StunWriter(Span<byte> destination, ushort method, StunClass messageClass, scoped ReadOnlySpan<byte> transactionId)
    {
        _destination = destination;
        if (destination.Length < StunConstants.HeaderLength || transactionId.Length != StunConstants.TransactionIdLength)
        {
            _overflowed = true;
            return;
        }

        int c = (int)messageClass;
        int type = (method & 0xF) | ((method & 0x70) << 1) | ((method & 0xF80) << 2) | ((c & 1) << 4) | ((c & 2) << 7);
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)type);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], StunConstants.MagicCookie);
        transactionId.CopyTo(destination[8..]);
        _length = StunConstants.HeaderLength;
        WriteLength();
    }

    /// <summary>Bytes written so far, a whole message at any time; 0 when the span was too small.</summary>
    public readonly int Length => _overflowed ? 0 : _length;

    /// <summary>Adds USERNAME.</summary>
    public void AddUsername(scoped ReadOnlySpan<byte> username)
    {
        Span<byte> value = Add(StunAttribute.Username, username.Length);
        if (!_overflowed)
            username.CopyTo(value);
    }

    /// <summary>Adds XOR-MAPPED-ADDRESS.</summary>
    public void AddXorMappedAddress(TransportAddress address) => AddXorAddress((ushort)StunAttribute.XorMappedAddress, address);

    /// <summary>Adds an attribute of bytes.</summary>
    internal void AddBytes(ushort type, scoped ReadOnlySpan<byte> bytes)
    {
        Span<byte> value = Add((StunAttribute)type, bytes.Length);
        if (!_overflowed)
            bytes.CopyTo(value);
    }

    /// <summary>Adds an attribute of ASCII text.</summary>
    internal void AddText(ushort type, string text)
    {
        Span<byte> value = Add((StunAttribute)type, text.Length);
        if (!_overflowed)
            Encoding.ASCII.GetBytes(text, value);
    }

    /// <summary>Adds an address in the form of XOR-MAPPED-ADDRESS (RFC 8489 section 14.2).</summary>
    internal void AddXorAddress(ushort type, TransportAddress address)
    {
        int length = address.AddressLength;
        Span<byte> value = Add((StunAttribute)type, 4 + length);
        if (_overflowed)
            return;
        value[0] = 0;
        value[1] = (byte)(length == 4 ? 1 : 2);
        BinaryPrimitives.WriteUInt16BigEndian(value[2..], (ushort)(address.Port ^ (StunConstants.MagicCookie >> 16)));
        address.WriteAddress(value[4..]);
        for (int i = 0; i < length; i++)
            value[4 + i] ^= _destination[4 + i];
    }

    /// <summary>Adds PRIORITY.</summary>
    public void AddPriority(uint priority) => AddUInt32(StunAttribute.Priority, priority);

    /// <summary>Adds NOMINATION.</summary>
    public void AddNomination(uint value) => AddUInt32(StunAttribute.Nomination, value);

    /// <summary>Adds USE-CANDIDATE.</summary>
    public void AddUseCandidate() => Add(StunAttribute.UseCandidate, 0);

    /// <summary>Adds ICE-CONTROLLING.</summary>
    public void AddControlling(ulong tieBreaker) => AddUInt64(StunAttribute.IceControlling, tieBreaker);

    /// <summary>Adds ICE-CONTROLLED.</summary>
    public void AddControlled(ulong tieBreaker) => AddUInt64(StunAttribute.IceControlled, tieBreaker);

    /// <summary>Adds SOFTWARE (RFC 8489 section 14.14).</summary>
    public void AddSoftware(scoped ReadOnlySpan<byte> name)
    {
        Span<byte> value = Add(StunAttribute.Software, name.Length);
        if (!_overflowed)
            name.CopyTo(value);
    }

    /// <summary>Adds ERROR-CODE (RFC 8489 section 14.8).</summary>
    /// <param name="code">300 to 699.</param>
    /// <param name="reason">ASCII text for people.</param>
    public void AddErrorCode(int code, string reason)
    {
        Span<byte> value = Add(StunAttribute.ErrorCode, 4 + reason.Length);
        if (_overflowed)
            return;
        value[0] = 0;
        value[1] = 0;
        value[2] = (byte)(code / 100);
        value[3] = (byte)(code % 100);
        Encoding.ASCII.GetBytes(reason, value[4..]);
    }

    /// <summary>Adds UNKNOWN-ATTRIBUTES (RFC 8489 section 14.9).</summary>
    public void AddUnknownAttributes(in UnknownAttributeList list)
    {
        Span<byte> value = Add(StunAttribute.UnknownAttributes, list.Count * 2);
        if (_overflowed)
            return;
        for (int i = 0; i < list.Count; i++)
            BinaryPrimitives.WriteUInt16BigEndian(value[(i * 2)..], list[i]);
    }

    /// <summary>Adds MESSAGE-INTEGRITY over all that was written.</summary>
    public void AddIntegrity(StunIntegrityKey key)
    {
        int offset = _length;
        Span<byte> value = Add(StunAttribute.MessageIntegrity, StunConstants.IntegrityLength);
        if (!_overflowed)
            key.Compute(_destination, offset, value);
    }

    /// <summary>Adds FINGERPRINT over all that was written.</summary>
    public void AddFingerprint()
    {
        int offset = _length;
        Span<byte> value = Add(StunAttribute.Fingerprint, 4);
        if (!_overflowed)
            BinaryPrimitives.WriteUInt32BigEndian(value, Crc32.Compute(_destination[..offset]) ^ StunConstants.FingerprintMask);
    }

    private void AddUInt32(StunAttribute type, uint number)
    {
        Span<byte> value = Add(type, 4);
        if (!_overflowed)
            BinaryPrimitives.WriteUInt32BigEndian(value, number);
    }

    private void AddUInt64(StunAttribute type, ulong number)
    {
        Span<byte> value = Add(type, 8);
        if (!_overflowed)
            BinaryPrimitives.WriteUInt64BigEndian(value, number);
    }

    // Makes room for an attribute, zeroes its padding and keeps the header's length right. Empty after an overflow.
    private Span<byte> Add(StunAttribute type, int length)
    {
        int padded = (length + 3) & ~3;
        if (_overflowed || _destination.Length - _length < 4 + padded)
        {
            _overflowed = true;
            return default;
        }

        Span<byte> attribute = _destination.Slice(_length, 4 + padded);
        BinaryPrimitives.WriteUInt16BigEndian(attribute, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(attribute[2..], (ushort)length);
        attribute[(4 + length)..].Clear();
        _length += 4 + padded;
        WriteLength();
        return attribute.Slice(4, length);
    }

    private readonly void WriteLength() =>
        BinaryPrimitives.WriteUInt16BigEndian(_destination[2..], (ushort)(_length - StunConstants.HeaderLength));
}
