namespace Parley.Server.Encryption.Events;

/// <summary><c>mlsLost</c>: this member took its messages too slowly, and some are gone. It comes back with <c>mlsJoin</c>.</summary>
/// <param name="Generation">The generation.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupLost(long Generation) : GroupEvent
{
    /// <inheritdoc />
    public override string Name => "mlsLost";

    /// <inheritdoc />
    public override int Size => 0;
}
