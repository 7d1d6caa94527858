namespace Parley.Rtc.Primitives;

/// <summary>What a track carries.</summary>
public enum MediaKind : byte
{
    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Pictures.</summary>
    Video,
}
