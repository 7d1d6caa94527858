using Parley.Server.Encryption.Events;

namespace Parley.Server.Encryption;

/// <summary>The last commits of a group, for members that missed some. In memory only, and bounded in number and size.</summary>
internal sealed class CommitLog
{
    private readonly Queue<GroupCommit> _commits = new();
    private int _size;

    /// <summary>Keeps a commit; the oldest make room.</summary>
    public void Add(GroupCommit commit)
    {
        _commits.Enqueue(commit);
        _size += commit.Size;
        while (_commits.Count > DeliveryLimits.LogLength || (_size > DeliveryLimits.LogSize && _commits.Count > 1))
            _size -= _commits.Dequeue().Size;
    }

    /// <summary>A new group begins.</summary>
    public void Clear()
    {
        _commits.Clear();
        _size = 0;
    }

    /// <summary>The commits from an epoch on, which leads to <paramref name="present"/>; null when they are not all kept.</summary>
    public GroupCommit[]? Since(long epoch, long present)
    {
        if (epoch == present)
            return [];
        return epoch < present && _commits.TryPeek(out GroupCommit? oldest) && oldest.Epoch <= epoch ? [.. _commits.Where(commit => commit.Epoch >= epoch)] : null;
    }
}
