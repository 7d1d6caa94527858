namespace Parley.Rtc.Ice;

/// <summary>Where a transport's ICE stands.</summary>
public enum IceState : byte
{
    /// <summary>No authenticated check has come.</summary>
    New,

    /// <summary>Checks come; no pair is nominated.</summary>
    Checking,

    /// <summary>A pair is nominated and its consent is fresh: media may be sent.</summary>
    Connected,

    /// <summary>No consent for 30 s: nothing may be sent. A check of the peer revives it.</summary>
    Disconnected,

    /// <summary>Ended: nothing is answered.</summary>
    Closed,
}
