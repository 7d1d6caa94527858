using System.Buffers.Binary;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Turn;

/// <summary>Where the attributes of one TURN message begin; 0 for those that it does not have. The first of a kind counts (RFC 8489 section 14).</summary>
internal struct TurnOffsets
{
    public int Username;
    public int Realm;
    public int Nonce;
    public int Integrity;
    public int IntegritySha256;
    public int Lifetime;
    public int Channel;
    public int Peer;
    public int Data;
    public int Family;
    public int Transport;
    public int Fingerprint;
    public UnknownAttributeList Unknown;

    public bool TryScan(ReadOnlySpan<byte> message)
    {
        int offset = StunConstants.HeaderLength;
        while (offset < message.Length)
        {
            if (Fingerprint != 0 || message.Length - offset < 4)
                return false;
            int length = BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 2)..]);
            int next = offset + 4 + ((length + 3) & ~3);
            if (next > message.Length || !TryNote(BinaryPrimitives.ReadUInt16BigEndian(message[offset..]), offset, length))
                return false;
            offset = next;
        }

        return true;
    }

    private bool TryNote(ushort type, int offset, int length)
    {
        // What stands behind an integrity is not protected: only the other integrity and FINGERPRINT count there (RFC 8489 section 14.5).
        switch ((StunAttribute)type)
        {
            case StunAttribute.Fingerprint:
                return TryKeep(ref Fingerprint, offset, length == 4);
            case StunAttribute.MessageIntegritySha256:
                return TryKeep(ref IntegritySha256, offset, length is >= 16 and <= 32 && (length & 3) == 0);
            case StunAttribute.MessageIntegrity when IntegritySha256 == 0:
                return TryKeep(ref Integrity, offset, length == StunConstants.IntegrityLength);
        }

        return Integrity != 0 || IntegritySha256 != 0 || TryNoteProtected(type, offset, length);
    }

    private bool TryNoteProtected(ushort type, int offset, int length)
    {
        switch ((TurnAttribute)type)
        {
            case (TurnAttribute)StunAttribute.Username: return TryKeep(ref Username, offset, length is > 0 and <= 508);
            case TurnAttribute.Realm: return TryKeep(ref Realm, offset, length <= 763);
            case TurnAttribute.Nonce: return TryKeep(ref Nonce, offset, length <= 763);
            case TurnAttribute.Lifetime: return TryKeep(ref Lifetime, offset, length == 4);
            case TurnAttribute.ChannelNumber: return TryKeep(ref Channel, offset, length == 4);
            case TurnAttribute.XorPeerAddress: return TryKeep(ref Peer, offset, length is 8 or 20);
            case TurnAttribute.Data: return TryKeep(ref Data, offset, true);
            case TurnAttribute.RequestedAddressFamily: return TryKeep(ref Family, offset, length == 4);
            case TurnAttribute.RequestedTransport: return TryKeep(ref Transport, offset, length == 4);
            case TurnAttribute.XorRelayedAddress or (TurnAttribute)StunAttribute.MappedAddress or (TurnAttribute)StunAttribute.XorMappedAddress: return true;
            default:
                if (type < 0x8000)
                    Unknown.Add(type);
                return true;
        }
    }

    private static bool TryKeep(ref int field, int offset, bool fits)
    {
        if (field == 0)
            field = offset;
        return fits;
    }
}
