namespace Parley.Server.Encryption.Events;

/// <summary><c>mlsMessage</c>: an application message.</summary>
/// <param name="Generation">The generation.</param>
/// <param name="Epoch">The epoch whose keys it needs.</param>
/// <param name="From">Who sent it.</param>
/// <param name="Message">The message, base64url.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupMessage(long Generation, long Epoch, string From, string Message) : GroupEvent
{
    /// <inheritdoc />
    public override string Name => "mlsMessage";

    /// <inheritdoc />
    public override int Size => Message.Length;
}
