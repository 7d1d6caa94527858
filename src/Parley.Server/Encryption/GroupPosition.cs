namespace Parley.Server.Encryption;

/// <summary>Where in the life of a group somebody is.</summary>
/// <param name="Generation">The group: the Unix time in seconds at which it was asked for, or more, so that it rises over restarts of the node too.</param>
/// <param name="Epoch">Its epoch.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupPosition(long Generation, long Epoch);
