namespace Parley.Sfu.Slots;

/// <summary>Where an outgoing timestamp came from.</summary>
public enum TimestampOrigin : byte
{
    /// <summary>The current source's offset.</summary>
    Offset,

    /// <summary>The first packet of the slot: the random start.</summary>
    Start,

    /// <summary>A switch: the reference through the sender reports.</summary>
    Reference,

    /// <summary>A switch: the time since the last packet, since there was no reference or it was unbelievable.</summary>
    Expected,

    /// <summary>A switch: just after the last sent timestamp, since the chosen one was not later.</summary>
    AfterLast,

    /// <summary>After such a switch, a frame that is still too early for its reference: a little after the frame before it.</summary>
    CatchingUp,
}
