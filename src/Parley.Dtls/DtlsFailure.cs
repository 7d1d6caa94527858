namespace Parley.Dtls;

/// <summary>Why a handshake failed.</summary>
public enum DtlsFailure : byte
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>It was not finished in time.</summary>
    TimedOut,

    /// <summary>The peer showed no certificate, or another one than its SDP names.</summary>
    WrongCertificate,

    /// <summary>The peer offers no SRTP profile of ours (or chose another than we offered).</summary>
    NoCommonProfile,

    /// <summary>The peer ended it with a fatal alert.</summary>
    AlertReceived,

    /// <summary>The peer broke the protocol, has nothing else in common with us, or did not prove that it holds its certificate's key.</summary>
    Protocol,

    /// <summary>Its owner gave it up.</summary>
    Disposed,
}
