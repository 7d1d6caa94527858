namespace Parley.Server.Encryption;

/// <summary>What somebody who comes in or back has to do about the group.</summary>
/// <param name="Required">Whether the meeting is encrypted at all; where not, the rest says nothing.</param>
/// <param name="Generation">The group's generation.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="Creator">Make the group, and say <c>mlsCreate</c>.</param>
/// <param name="Resumed">The state that was told of still counts: catch up. Where neither is so: <c>mlsJoin</c>.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupEntry(bool Required, long Generation, long Epoch, bool Creator, bool Resumed)
{
    /// <summary>In a meeting that is not encrypted.</summary>
    public static readonly GroupEntry Off = new(Required: false, 0, 0, Creator: false, Resumed: false);
}
