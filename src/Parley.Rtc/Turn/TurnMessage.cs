using System.Buffers.Binary;
using System.Security.Cryptography;
using Parley.Rtc.Primitives;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Turn;

/// <summary>
/// A view of a received TURN message (RFC 8656): requests and Send indications, as a server reads them. It refers to the frame's bytes, copies nothing and allocates nothing.
/// Being well-formed says nothing about who sent it: ask <see cref="IsIntegrityValid"/>.
/// </summary>
public readonly ref struct TurnMessage
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly TurnOffsets _offsets;

    private TurnMessage(ReadOnlySpan<byte> message, TurnOffsets offsets)
    {
        _message = message;
        _offsets = offsets;
    }

    /// <summary>Request, indication or response.</summary>
    public StunClass Class => (StunClass)(((_message[0] & 1) << 1) | ((_message[1] >> 4) & 1));

    /// <summary>The method, 12 bits.</summary>
    public TurnMethod Method
    {
        get
        {
            int type = BinaryPrimitives.ReadUInt16BigEndian(_message);
            return (TurnMethod)((type & 0xF) | ((type & 0xE0) >> 1) | ((type & 0x3E00) >> 2));
        }
    }

    /// <summary>The transaction id, 12 bytes.</summary>
    public ReadOnlySpan<byte> TransactionId => _message.Slice(8, StunConstants.TransactionIdLength);

    /// <summary>USERNAME; empty without the attribute.</summary>
    public ReadOnlySpan<byte> Username => Value(_offsets.Username);

    /// <summary>REALM; empty without the attribute.</summary>
    public ReadOnlySpan<byte> Realm => Value(_offsets.Realm);

    /// <summary>NONCE; empty without the attribute.</summary>
    public ReadOnlySpan<byte> Nonce => Value(_offsets.Nonce);

    /// <summary>Whether there is an integrity, of either kind.</summary>
    public bool HasIntegrity => (_offsets.Integrity | _offsets.IntegritySha256) != 0;

    /// <summary>Whether the response is to be protected with HMAC-SHA-256, as the request was.</summary>
    public bool UsesSha256 => _offsets.IntegritySha256 != 0;

    /// <summary>LIFETIME in seconds; null without the attribute.</summary>
    public uint? Lifetime => _offsets.Lifetime != 0 ? BinaryPrimitives.ReadUInt32BigEndian(Value(_offsets.Lifetime)) : null;

    /// <summary>CHANNEL-NUMBER; 0 without the attribute.</summary>
    public ushort Channel => _offsets.Channel != 0 ? BinaryPrimitives.ReadUInt16BigEndian(Value(_offsets.Channel)) : (ushort)0;

    /// <summary>The protocol of REQUESTED-TRANSPORT (17 is UDP); null without the attribute.</summary>
    public byte? Transport => _offsets.Transport != 0 ? Value(_offsets.Transport)[0] : null;

    /// <summary>REQUESTED-ADDRESS-FAMILY, 1 or 2; null without the attribute.</summary>
    public byte? Family => _offsets.Family != 0 ? Value(_offsets.Family)[0] : null;

    /// <summary>Whether there is a DATA.</summary>
    public bool HasData => _offsets.Data != 0;

    /// <summary>Where the value of DATA begins in the message; 0 without the attribute.</summary>
    public int DataOffset => HasData ? _offsets.Data + 4 : 0;

    /// <summary>Bytes of DATA.</summary>
    public int DataLength => Value(_offsets.Data).Length;

    /// <summary>The comprehension-required attributes that are not known here: a request with any is answered with 420.</summary>
    public UnknownAttributeList Unknown => _offsets.Unknown;

    /// <summary>Reads a whole frame as one message: false for anything whose header or attributes do not fit exactly.</summary>
    public static bool TryParse(ReadOnlySpan<byte> frame, out TurnMessage message)
    {
        message = default;
        if (frame.Length < StunConstants.HeaderLength || (frame[0] & 0xC0) != 0
            || BinaryPrimitives.ReadUInt16BigEndian(frame[2..]) != frame.Length - StunConstants.HeaderLength
            || BinaryPrimitives.ReadUInt32BigEndian(frame[4..]) != StunConstants.MagicCookie)
        {
            return false;
        }

        TurnOffsets offsets = default;
        if (!offsets.TryScan(frame))
            return false;
        message = new TurnMessage(frame, offsets);
        return true;
    }

    /// <summary>Whether the integrity is there and made with <paramref name="key"/>; of two, the stronger counts (RFC 8489 section 9.2.4). Compared in constant time.</summary>
    public bool IsIntegrityValid(TurnKey key)
    {
        if (!HasIntegrity)
            return false;
        int offset = UsesSha256 ? _offsets.IntegritySha256 : _offsets.Integrity;
        ReadOnlySpan<byte> shown = Value(offset);
        Span<byte> expected = stackalloc byte[TurnKey.LongestIntegrity];
        key.Compute(_message, offset, shown.Length, UsesSha256, expected);
        return CryptographicOperations.FixedTimeEquals(expected[..shown.Length], shown);
    }

    /// <summary>The first XOR-PEER-ADDRESS; false when there is none or it is malformed.</summary>
    public bool TryGetPeer(out TransportAddress peer)
    {
        peer = default;
        return _offsets.Peer != 0 && TryReadAddress(_offsets.Peer, out peer);
    }

    /// <summary>Reads the next XOR-PEER-ADDRESS behind <paramref name="cursor"/> (0 at first), up to the integrity; false when there is none left or it is malformed.</summary>
    public bool TryNextPeer(ref int cursor, out TransportAddress peer)
    {
        peer = default;
        int end = _offsets.Integrity != 0 ? _offsets.Integrity : _offsets.IntegritySha256 != 0 ? _offsets.IntegritySha256 : _message.Length;
        for (int offset = cursor == 0 ? _offsets.Peer : cursor; offset != 0 && offset < end;)
        {
            int next = offset + 4 + ((Value(offset).Length + 3) & ~3);
            cursor = next;
            if (BinaryPrimitives.ReadUInt16BigEndian(_message[offset..]) == (ushort)TurnAttribute.XorPeerAddress)
                return TryReadAddress(offset, out peer);
            offset = next;
        }

        return false;
    }

    private bool TryReadAddress(int offset, out TransportAddress address)
    {
        ReadOnlySpan<byte> value = Value(offset);
        address = default;
        int length = value.Length switch { 8 when value[1] == 1 => 4, 20 when value[1] == 2 => 16, _ => 0 };
        if (length == 0)
            return false;
        Span<byte> bytes = stackalloc byte[16];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)(value[4 + i] ^ _message[4 + i]);
        address = TransportAddress.FromBytes(bytes[..length], (ushort)(BinaryPrimitives.ReadUInt16BigEndian(value[2..]) ^ (StunConstants.MagicCookie >> 16)));
        return true;
    }

    private ReadOnlySpan<byte> Value(int offset) =>
        offset == 0 ? default : _message.Slice(offset + 4, BinaryPrimitives.ReadUInt16BigEndian(_message[(offset + 2)..]));
}
