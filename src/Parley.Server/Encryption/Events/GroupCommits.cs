namespace Parley.Server.Encryption.Events;

/// <summary>The answer of <c>mlsCatchUp</c>: what a member has missed.</summary>
/// <param name="Generation">The generation.</param>
/// <param name="Epoch">The epoch in which the group is after them.</param>
/// <param name="Commits">The commits, in their order.</param>
[GenerateSerializer]
[Immutable]
internal sealed record GroupCommits(long Generation, long Epoch, GroupCommit[] Commits);
