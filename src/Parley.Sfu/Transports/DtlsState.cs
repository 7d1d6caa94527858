namespace Parley.Sfu.Transports;

/// <summary>Where a DTLS association stands.</summary>
public enum DtlsState : byte
{
    /// <summary>Waiting for, or within, the handshake.</summary>
    Handshaking,

    /// <summary>Finished: the keys are there.</summary>
    Connected,

    /// <summary>The peer said goodbye with close_notify.</summary>
    Closed,

    /// <summary>The handshake failed, timed out, or the peer's certificate was not the one that its SDP named.</summary>
    Failed,
}
