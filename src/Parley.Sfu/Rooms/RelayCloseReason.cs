namespace Parley.Sfu.Rooms;

/// <summary>Why a relay link ended.</summary>
public enum RelayCloseReason : byte
{
    /// <summary>The control plane closed it.</summary>
    Requested,

    /// <summary>The other shard closed it.</summary>
    PeerClosed,

    /// <summary>The DTLS handshake failed: another certificate than the pinned one, or no common parameters.</summary>
    HandshakeFailed,

    /// <summary>No keys within the time for connecting.</summary>
    NeverConnected,

    /// <summary>Nothing authentic came from the other shard for 5 s.</summary>
    Silent,

    /// <summary>The command was refused: the id or the user fragment is taken, or the shard has as many links as it may.</summary>
    Refused,

    /// <summary>An internal fault.</summary>
    Fault,
}
