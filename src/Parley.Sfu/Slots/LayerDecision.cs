namespace Parley.Sfu.Slots;

/// <summary>What a slot does with a packet of its source.</summary>
public enum LayerDecision : byte
{
    /// <summary>Not of the current layer: nothing to note.</summary>
    Ignore,

    /// <summary>Of the current layer but not forwarded (a higher temporal layer): the mungers close the gap.</summary>
    Drop,

    /// <summary>Forward with the current layer's offsets.</summary>
    Forward,

    /// <summary>The first packet of a layer newly begun: the mungers switch. Counts only once committed.</summary>
    SwitchAndForward,
}
