namespace Parley.Sfu.Slots;

/// <summary>What a NACK of a subscriber leads to.</summary>
public enum ResendVerdict : byte
{
    /// <summary>Send it again.</summary>
    Resend,

    /// <summary>Not sent, or too long ago.</summary>
    Unknown,

    /// <summary>Sent less than a round trip ago: the request may have crossed it.</summary>
    TooSoon,

    /// <summary>Sent again as often as allowed.</summary>
    TooOften,
}
