namespace Parley.Server.Encryption.Calls;

/// <summary><c>mlsJoin</c>: add me; whatever of me is in the group is to be removed.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record JoinGroup : GroupCall
{
    /// <summary>The key package, base64url.</summary>
    [Id(0)]
    public required string KeyPackage { get; init; }

    /// <inheritdoc />
    public override void Check() => GroupText.Check("keyPackage", KeyPackage, CallLimits.LongestKeyPackage);
}
