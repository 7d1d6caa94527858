using System.Buffers.Binary;
using System.Security.Cryptography;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Stun;

/// <summary>
/// A view of a received STUN message (RFC 8489 section 5). It refers to the datagram's bytes, copies nothing and allocates nothing.
/// Being well-formed says nothing about who sent it: ask <see cref="IsFingerprintValid"/>, then <see cref="IsIntegrityValid"/>.
/// </summary>
public readonly ref struct StunMessage
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly StunOffsets _offsets;

    private StunMessage(ReadOnlySpan<byte> message, StunOffsets offsets)
    {
        _message = message;
        _offsets = offsets;
    }

    /// <summary>Request, indication or response.</summary>
    public StunClass Class => (StunClass)(((_message[0] & 1) << 1) | ((_message[1] >> 4) & 1));

    /// <summary>The method, 12 bits; 1 is Binding.</summary>
    public ushort Method
    {
        get
        {
            int type = BinaryPrimitives.ReadUInt16BigEndian(_message);
            return (ushort)((type & 0xF) | ((type & 0xE0) >> 1) | ((type & 0x3E00) >> 2));
        }
    }

    /// <summary>The transaction id, 12 bytes.</summary>
    public ReadOnlySpan<byte> TransactionId => _message.Slice(8, StunConstants.TransactionIdLength);

    /// <summary>USERNAME without padding; empty without the attribute.</summary>
    public ReadOnlySpan<byte> Username => Value(_offsets.Username);

    /// <summary>Whether there is a MESSAGE-INTEGRITY.</summary>
    public bool HasIntegrity => _offsets.Integrity != 0;

    /// <summary>Whether there is a FINGERPRINT.</summary>
    public bool HasFingerprint => _offsets.Fingerprint != 0;

    /// <summary>Whether there is a PRIORITY.</summary>
    public bool HasPriority => _offsets.Priority != 0;

    /// <summary>PRIORITY; 0 without the attribute.</summary>
    public uint Priority => HasPriority ? BinaryPrimitives.ReadUInt32BigEndian(Value(_offsets.Priority)) : 0;

    /// <summary>Whether there is a USE-CANDIDATE.</summary>
    public bool UseCandidate => _offsets.UseCandidate != 0;

    /// <summary>Whether the sender claims the controlling role.</summary>
    public bool HasControlling => _offsets.Controlling != 0;

    /// <summary>Whether the sender claims the controlled role.</summary>
    public bool HasControlled => _offsets.Controlled != 0;

    /// <summary>The tie-breaker of ICE-CONTROLLING or ICE-CONTROLLED; 0 without either.</summary>
    public ulong TieBreaker
    {
        get
        {
            int offset = HasControlling ? _offsets.Controlling : _offsets.Controlled;
            return offset != 0 ? BinaryPrimitives.ReadUInt64BigEndian(Value(offset)) : 0;
        }
    }

    /// <summary>Whether there is a NOMINATION.</summary>
    public bool HasNomination => _offsets.Nomination != 0;

    /// <summary>The value of NOMINATION; 0 without the attribute.</summary>
    public uint Nomination => HasNomination ? BinaryPrimitives.ReadUInt32BigEndian(Value(_offsets.Nomination)) : 0;

    /// <summary>The number of ERROR-CODE, 300 to 699; 0 without the attribute.</summary>
    public int ErrorCode
    {
        get
        {
            ReadOnlySpan<byte> value = Value(_offsets.ErrorCode);
            return value.Length < 4 ? 0 : ((value[2] & 7) * 100) + value[3];
        }
    }

    /// <summary>The comprehension-required attributes that are not known here: a request with any is answered with 420.</summary>
    public UnknownAttributeList Unknown => _offsets.Unknown;

    /// <summary>Reads a whole datagram as one message: false for anything whose header or attributes do not fit exactly.</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, out StunMessage message)
    {
        message = default;
        if (datagram.Length < StunConstants.HeaderLength || (datagram[0] & 0xC0) != 0)
            return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if ((length & 3) != 0
            || length != datagram.Length - StunConstants.HeaderLength
            || BinaryPrimitives.ReadUInt32BigEndian(datagram[4..]) != StunConstants.MagicCookie)
        {
            return false;
        }

        StunOffsets offsets = default;
        if (!offsets.TryScan(datagram))
            return false;
        message = new StunMessage(datagram, offsets);
        return true;
    }

    /// <summary>Whether FINGERPRINT is there and right. Not a proof of origin, but the cheapest way to drop what is no STUN.</summary>
    public bool IsFingerprintValid()
    {
        if (!HasFingerprint)
            return false;
        uint expected = Crc32.Compute(_message[.._offsets.Fingerprint]) ^ StunConstants.FingerprintMask;
        return BinaryPrimitives.ReadUInt32BigEndian(Value(_offsets.Fingerprint)) == expected;
    }

    /// <summary>Whether MESSAGE-INTEGRITY is there and made with <paramref name="key"/>; compared in constant time.</summary>
    public bool IsIntegrityValid(StunIntegrityKey key)
    {
        if (!HasIntegrity)
            return false;
        Span<byte> expected = stackalloc byte[StunConstants.IntegrityLength];
        key.Compute(_message, _offsets.Integrity, expected);
        return CryptographicOperations.FixedTimeEquals(expected, Value(_offsets.Integrity));
    }

    /// <summary>Reads XOR-MAPPED-ADDRESS, IPv4 or IPv6; false when it is missing or malformed.</summary>
    public bool TryGetMappedAddress(out TransportAddress address)
    {
        address = default;
        ReadOnlySpan<byte> value = Value(_offsets.XorMappedAddress);
        int length = value.Length switch { 8 when value[1] == 1 => 4, 20 when value[1] == 2 => 16, _ => 0 };
        if (length == 0)
            return false;
        Span<byte> bytes = stackalloc byte[16];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)(value[4 + i] ^ _message[4 + i]);
        ushort port = (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ (StunConstants.MagicCookie >> 16));
        address = TransportAddress.FromBytes(bytes[..length], port);
        return true;
    }

    private ReadOnlySpan<byte> Value(int offset) =>
        offset == 0 ? default : _message.Slice(offset + 4, BinaryPrimitives.ReadUInt16BigEndian(_message[(offset + 2)..]));
}
