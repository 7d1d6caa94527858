namespace Parley.Sfu.Rooms;

/// <summary>What a participant shows or plays with a track.</summary>
public enum SourceKind : byte
{
    /// <summary>The participant's voice.</summary>
    Microphone,

    /// <summary>The participant's face.</summary>
    Camera,

    /// <summary>A shared screen.</summary>
    Screen,

    /// <summary>The sound of a shared screen.</summary>
    ScreenAudio,
}
