namespace Parley.Server.Signalling;

/// <summary>The argument of <c>media</c>.</summary>
internal sealed record MediaRequest
{
    /// <summary>Whether the microphone is on.</summary>
    public required bool Microphone { get; init; }

    /// <summary>Whether the camera is on.</summary>
    public required bool Camera { get; init; }
}
