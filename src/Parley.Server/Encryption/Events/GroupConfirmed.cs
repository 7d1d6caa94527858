namespace Parley.Server.Encryption.Events;

/// <summary><c>mlsConfirmed</c>: every member that has a connection has taken an epoch.</summary>
/// <param name="Generation">The generation.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="Count">How many have taken it.</param>
/// <param name="Of">How many members have a connection.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupConfirmed(long Generation, long Epoch, int Count, int Of) : GroupEvent
{
    /// <inheritdoc />
    public override string Name => "mlsConfirmed";

    /// <inheritdoc />
    public override int Size => 0;
}
