namespace Parley.Sfu.Slots;

/// <summary>What a slot did with a packet of its source.</summary>
public enum SlotOutcome : byte
{
    /// <summary>Sent, like the one before.</summary>
    Sent,

    /// <summary>Sent, as the first of another source or layer: the slot may listen to other layers now.</summary>
    SentFirst,

    /// <summary>Left out by the layer selection.</summary>
    LeftOut,

    /// <summary>Left out, and a key frame is wanted.</summary>
    KeyFrameWanted,

    /// <summary>Not sent for another reason, which was counted.</summary>
    Dropped,
}
