namespace Parley.Server.Encryption.Calls;

/// <summary><c>mlsCommit</c>: the next epoch.</summary>
[GenerateSerializer]
[Immutable]
internal sealed record CommitGroup : GroupCall
{
    private const int MostNames = 2000;

    /// <summary>The epoch in which it was made.</summary>
    [Id(0)]
    public required long Epoch { get; init; }

    /// <summary>The commit, base64url.</summary>
    [Id(1)]
    public required string Commit { get; init; }

    /// <summary>The Welcome for whom it adds, base64url.</summary>
    [Id(2)]
    public string? Welcome { get; init; }

    /// <summary>The ratchet tree after it, base64url, where the Welcome does not hold it.</summary>
    [Id(3)]
    public string? Tree { get; init; }

    /// <summary>Whom it adds.</summary>
    [Id(4)]
    public string[] Added { get; init; } = [];

    /// <summary>Whose leaf it removes.</summary>
    [Id(5)]
    public string[] Removed { get; init; } = [];

    /// <summary>The number of the work that it does; null: of the last that this member was asked for.</summary>
    [Id(6)]
    public long? Work { get; init; }

    /// <inheritdoc />
    public override void Check()
    {
        GroupText.Check("commit", Commit, CallLimits.LongestCommit);
        if (Welcome is not null)
            GroupText.Check("welcome", Welcome, CallLimits.LongestCommit - Commit.Length);
        if (Tree is not null)
            GroupText.Check("tree", Tree, CallLimits.LongestCommit - Commit.Length - (Welcome?.Length ?? 0));
        GroupText.Check("added", Added, CallLimits.MostAdditions);
        GroupText.Check("removed", Removed, MostNames);
    }
}
