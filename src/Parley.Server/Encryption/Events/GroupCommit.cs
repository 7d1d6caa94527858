namespace Parley.Server.Encryption.Events;

/// <summary><c>mlsCommit</c>: the one commit of an epoch.</summary>
/// <param name="Generation">The generation.</param>
/// <param name="Epoch">The epoch in which it was made.</param>
/// <param name="From">Who made it.</param>
/// <param name="Commit">The commit, base64url.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupCommit(long Generation, long Epoch, string From, string Commit) : GroupEvent
{
    /// <inheritdoc />
    public override string Name => "mlsCommit";

    /// <inheritdoc />
    public override int Size => Commit.Length;
}
