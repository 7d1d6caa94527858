namespace Parley.Server.Encryption.Events;

/// <summary><c>mlsWork</c>: commit these changes.</summary>
/// <param name="Generation">The generation.</param>
/// <param name="Epoch">The epoch in which to commit.</param>
/// <param name="Work">Its number, which the commit names.</param>
/// <param name="Add">Whom to add.</param>
/// <param name="Remove">Whom to remove; somebody who stands in both lists has lost its state and is added anew.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupWork(long Generation, long Epoch, long Work, GroupAddition[] Add, string[] Remove) : GroupEvent
{
    /// <inheritdoc />
    public override string Name => "mlsWork";

    /// <inheritdoc />
    public override int Size => Add.Sum(static one => one.KeyPackage.Length);
}
