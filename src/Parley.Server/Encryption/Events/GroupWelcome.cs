namespace Parley.Server.Encryption.Events;

/// <summary><c>mlsWelcome</c>: you have been added.</summary>
/// <param name="Generation">The generation.</param>
/// <param name="Epoch">The epoch into which the newcomer comes.</param>
/// <param name="From">Who committed.</param>
/// <param name="Welcome">The Welcome, base64url.</param>
/// <param name="Tree">The ratchet tree, base64url; null where the Welcome holds it.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupWelcome(long Generation, long Epoch, string From, string Welcome, string? Tree) : GroupEvent
{
    /// <inheritdoc />
    public override string Name => "mlsWelcome";

    /// <inheritdoc />
    public override int Size => Welcome.Length + (Tree?.Length ?? 0);
}
