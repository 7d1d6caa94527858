namespace Parley.Rtc.Turn;

/// <summary>Where a TURN connection stands.</summary>
public enum TurnState : byte
{
    /// <summary>Nobody has shown valid credentials.</summary>
    Fresh,

    /// <summary>There is an allocation.</summary>
    Allocated,

    /// <summary>It has ended: the connection is to be closed.</summary>
    Closed,
}
