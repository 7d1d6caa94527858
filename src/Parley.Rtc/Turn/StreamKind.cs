namespace Parley.Rtc.Turn;

/// <summary>What a connection to a node's one TCP port speaks.</summary>
public enum StreamKind : byte
{
    /// <summary>Its bytes so far do not tell.</summary>
    Unknown,

    /// <summary>Neither of the others: HTTP, or TLS.</summary>
    Other,

    /// <summary>TURN (RFC 8656): a STUN message, or ChannelData of an allocation that was never made.</summary>
    Turn,

    /// <summary>ICE-TCP (RFC 6544): framed STUN (RFC 4571).</summary>
    IceTcp,
}
