namespace Parley.Server.Signalling;

/// <summary>The argument of <c>decideTighten</c>.</summary>
internal sealed record DecideRequest
{
    /// <summary>The request's id.</summary>
    public required string Request { get; init; }

    /// <summary>Whether the newcomer's fence may take effect.</summary>
    public required bool Accept { get; init; }
}
