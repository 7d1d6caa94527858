namespace Parley.Server.Encryption.Events;

/// <summary><c>mlsRestart</c>: the group is lost; there will be another, made from nothing.</summary>
/// <param name="Generation">The new generation.</param>
/// <param name="Creator">Whether whoever is told this makes it.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupRestarted(long Generation, bool Creator) : GroupEvent
{
    /// <inheritdoc />
    public override string Name => "mlsRestart";

    /// <inheritdoc />
    public override int Size => 0;
}
