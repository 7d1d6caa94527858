namespace Parley.Sfu.Slots;

/// <summary>The states of a <see cref="LayerSelector"/>.</summary>
public enum LayerSelectorState : byte
{
    /// <summary>Nothing is wanted, or the source is muted.</summary>
    Paused,

    /// <summary>Nothing is forwarded until a key frame begins.</summary>
    AwaitKeyFrame,

    /// <summary>The layer aimed at is forwarded.</summary>
    Forwarding,

    /// <summary>A layer is forwarded until a key frame of the one aimed at begins.</summary>
    Switching,
}
