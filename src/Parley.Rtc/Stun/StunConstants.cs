namespace Parley.Rtc.Stun;

/// <summary>Numbers of the STUN wire format (RFC 8489 section 5) and of its use by ICE (RFC 8445).</summary>
public static class StunConstants
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 20;

    /// <summary>Bytes of a transaction id.</summary>
    public const int TransactionIdLength = 12;

    /// <summary>Bytes of an HMAC-SHA1.</summary>
    public const int IntegrityLength = 20;

    /// <summary>Bytes that suffice for any message that ICE writes here: header, USERNAME of 513 bytes and the small attributes.</summary>
    public const int MaximumLength = 768;

    /// <summary>The method Binding, the only one that ICE knows.</summary>
    public const ushort BindingMethod = 1;

    /// <summary>The fixed second word of each message.</summary>
    public const uint MagicCookie = 0x2112A442;

    /// <summary>What FINGERPRINT's CRC-32 is combined with (RFC 8489 section 14.7).</summary>
    public const uint FingerprintMask = 0x5354554E;

    /// <summary>Error: the request was malformed.</summary>
    public const int BadRequest = 400;

    /// <summary>Error: a comprehension-required attribute is not known.</summary>
    public const int UnknownAttribute = 420;

    /// <summary>Error: both peers claim the same ICE role (RFC 8445 section 7.3.1.1).</summary>
    public const int RoleConflict = 487;
}
