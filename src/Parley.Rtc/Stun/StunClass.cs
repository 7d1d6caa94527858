namespace Parley.Rtc.Stun;

/// <summary>The class of a STUN message (RFC 8489 section 5).</summary>
public enum StunClass : byte
{
    /// <summary>Wants a response.</summary>
    Request = 0,

    /// <summary>Wants none.</summary>
    Indication = 1,

    /// <summary>The request succeeded.</summary>
    SuccessResponse = 2,

    /// <summary>The request failed.</summary>
    ErrorResponse = 3,
}
