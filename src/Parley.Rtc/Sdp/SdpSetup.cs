namespace Parley.Rtc.Sdp;

/// <summary>Who begins DTLS (RFC 4145 section 4, RFC 5763 section 5).</summary>
public enum SdpSetup : byte
{
    /// <summary>The attribute is missing.</summary>
    None,

    /// <summary>The author begins: it is the DTLS client.</summary>
    Active,

    /// <summary>The author waits: it is the DTLS server.</summary>
    Passive,

    /// <summary>The other side may choose.</summary>
    ActPass,

    /// <summary>No connection now.</summary>
    HoldConn,
}
