namespace Parley.Server.Encryption.Calls;

/// <summary><c>mlsConfirm</c>: this member has taken an epoch.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record ConfirmEpoch : GroupCall
{
    /// <summary>The epoch.</summary>
    [Id(0)]
    public required long Epoch { get; init; }
}
