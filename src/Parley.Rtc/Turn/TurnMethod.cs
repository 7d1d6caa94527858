namespace Parley.Rtc.Turn;

/// <summary>The methods of TURN (RFC 8656 section 17).</summary>
public enum TurnMethod : ushort
{
    /// <summary>Makes an allocation.</summary>
    Allocate = 3,

    /// <summary>Prolongs or ends it.</summary>
    Refresh = 4,

    /// <summary>Data from the client to a peer.</summary>
    Send = 6,

    /// <summary>Data from a peer to the client.</summary>
    Data = 7,

    /// <summary>Lets peers of an address through.</summary>
    CreatePermission = 8,

    /// <summary>Gives a peer a channel number.</summary>
    ChannelBind = 9,
}
