namespace Parley.Sfu.Rooms;

/// <summary>Why a transport ended.</summary>
public enum TransportCloseReason : byte
{
    /// <summary>The control plane closed it.</summary>
    Requested,

    /// <summary>The peer sent close_notify.</summary>
    PeerClosed,

    /// <summary>The DTLS handshake failed: no common parameters, a wrong certificate, or too many at once.</summary>
    HandshakeFailed,

    /// <summary>No connectivity check came within the time for connecting (15 s).</summary>
    NeverConnected,

    /// <summary>The peer's consent ran out: no check for 30 s (RFC 7675).</summary>
    ConsentExpired,

    /// <summary>An internal fault ended the room; counted, and never the other rooms' affair.</summary>
    Fault,
}
