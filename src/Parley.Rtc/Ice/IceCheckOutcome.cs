namespace Parley.Rtc.Ice;

/// <summary>What became of a received STUN datagram. Those from <see cref="Malformed"/> on are drops, answered with nothing, to be counted.</summary>
public enum IceCheckOutcome : byte
{
    /// <summary>An authenticated check, answered with success; the selected pair is as before.</summary>
    Answered,

    /// <summary>An authenticated check, answered with success, that made another pair (or the first) the selected one.</summary>
    Nominated,

    /// <summary>The peer claims to be controlled as we are: answered with 487 (RFC 8445 section 7.3.1.1).</summary>
    RoleConflict,

    /// <summary>An authenticated check with a comprehension-required attribute that is not known: answered with 420.</summary>
    UnknownAttribute,

    /// <summary>An indication: a keepalive that wants no answer and proves nothing.</summary>
    Indication,

    /// <summary>An authenticated response to a check of ours.</summary>
    ResponseAccepted,

    /// <summary>No well-formed Binding message.</summary>
    Malformed,

    /// <summary>FINGERPRINT is missing or wrong.</summary>
    BadFingerprint,

    /// <summary>A response that answers nothing we asked.</summary>
    UnexpectedResponse,

    /// <summary>USERNAME is missing or names other user fragments: no answer, so that nobody learns which exist.</summary>
    UnknownUsername,

    /// <summary>MESSAGE-INTEGRITY is missing, or made with another password.</summary>
    WrongPassword,

    /// <summary>ICE has ended.</summary>
    Closed,
}
