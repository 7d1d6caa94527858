namespace Parley.Server.Encryption.Calls;

/// <summary><c>mlsMessage</c>: an application message for all members.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record SendToGroup : GroupCall
{
    /// <summary>The epoch whose keys it needs.</summary>
    [Id(0)]
    public required long Epoch { get; init; }

    /// <summary>The message, base64url.</summary>
    [Id(1)]
    public required string Message { get; init; }

    /// <inheritdoc />
    public override void Check() => GroupText.Check("message", Message, CallLimits.LongestMessage);
}
