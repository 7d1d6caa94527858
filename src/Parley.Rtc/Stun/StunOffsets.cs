using System.Buffers.Binary;

namespace Parley.Rtc.Stun;

/// <summary>Where the attributes of one message begin; 0 for those that it does not have. The first of a kind counts (RFC 8489 section 14).</summary>
internal struct StunOffsets
{
    public int Username;
    public int Integrity;
    public int Fingerprint;
    public int Priority;
    public int UseCandidate;
    public int Controlling;
    public int Controlled;
    public int Nomination;
    public int ErrorCode;
    public int XorMappedAddress;
    public UnknownAttributeList Unknown;

    public bool TryScan(ReadOnlySpan<byte> message)
    {
        int offset = StunConstants.HeaderLength;
        while (offset < message.Length)
        {
            // Nothing may stand behind FINGERPRINT (RFC 8489 section 14.7).
            if (Fingerprint != 0 || message.Length - offset < 4)
                return false;
            int length = BinaryPrimitives.ReadUInt16BigEndian(message[(offset + 2)..]);
            int next = offset + 4 + ((length + 3) & ~3);
            if (next > message.Length || !TryNote((StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(message[offset..]), offset, length))
                return false;
            offset = next;
        }

        return true;
    }

    private bool TryNote(StunAttribute type, int offset, int length)
    {
        if (type == StunAttribute.Fingerprint)
            return TryKeep(ref Fingerprint, offset, length, 4);

        // What stands behind MESSAGE-INTEGRITY is not protected, and ignored (RFC 8489 section 14.5).
        if (Integrity != 0)
            return true;
        switch (type)
        {
            case StunAttribute.Username:
                return length <= 513 && TryKeep(ref Username, offset, length, length);
            case StunAttribute.MessageIntegrity:
                return TryKeep(ref Integrity, offset, length, StunConstants.IntegrityLength);
            case StunAttribute.Priority:
                return TryKeep(ref Priority, offset, length, 4);
            case StunAttribute.UseCandidate:
                return TryKeep(ref UseCandidate, offset, length, 0);
            case StunAttribute.IceControlling:
                return TryKeep(ref Controlling, offset, length, 8);
            case StunAttribute.IceControlled:
                return TryKeep(ref Controlled, offset, length, 8);
            case StunAttribute.Nomination:
                return TryKeep(ref Nomination, offset, length, 4);
            case StunAttribute.ErrorCode:
                return TryKeep(ref ErrorCode, offset, length, length);
            case StunAttribute.XorMappedAddress:
                return TryKeep(ref XorMappedAddress, offset, length, length);
            case StunAttribute.MappedAddress or StunAttribute.UnknownAttributes or StunAttribute.MessageIntegritySha256:
                return true;
            default:
                if ((ushort)type < 0x8000)
                    Unknown.Add((ushort)type);
                return true;
        }
    }

    private static bool TryKeep(ref int field, int offset, int length, int expected)
    {
        if (field == 0)
            field = offset;
        return length == expected;
    }
}
