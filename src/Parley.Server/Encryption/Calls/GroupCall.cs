namespace Parley.Server.Encryption.Calls;

/// <summary>What a member asks of the delivery service: the calls of docs/protocol.md whose names begin with <c>mls</c>.</summary>
[GenerateSerializer]
[Immutable]
internal abstract record GroupCall
{
    /// <summary>The group that the caller means.</summary>
    [Id(0)]
    public required long Generation { get; init; }

    /// <summary>Refuses what cannot be: too large, or no base64url.</summary>
    /// <exception cref="Problems.ProblemException">It cannot be.</exception>
    public virtual void Check()
    {
    }
}
