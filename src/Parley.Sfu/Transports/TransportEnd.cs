namespace Parley.Sfu.Transports;

/// <summary>Why a transport ended by itself.</summary>
public enum TransportEnd : byte
{
    /// <summary>The peer sent close_notify.</summary>
    PeerClosed,

    /// <summary>The DTLS handshake failed.</summary>
    HandshakeFailed,

    /// <summary>No keys within <see cref="TransportSettings.ConnectingTime"/>.</summary>
    NeverConnected,

    /// <summary>The peer's consent ran out (RFC 7675).</summary>
    ConsentExpired,
}
