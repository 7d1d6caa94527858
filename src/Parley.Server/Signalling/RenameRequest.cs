namespace Parley.Server.Signalling;

/// <summary>The argument of <c>rename</c>.</summary>
internal sealed record RenameRequest
{
    /// <summary>The new name.</summary>
    public required string Name { get; init; }
}
