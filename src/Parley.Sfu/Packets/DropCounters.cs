namespace Parley.Sfu.Packets;

/// <summary>How often each <see cref="DropReason"/> occurred on one shard.</summary>
public sealed class DropCounters
{
    private static readonly DropReason[] Reasons = Enum.GetValues<DropReason>();

    private readonly long[] _counts = new long[Reasons.Length];

    /// <summary>How often <paramref name="reason"/> occurred.</summary>
    public long this[DropReason reason] => _counts[(int)reason];

    /// <summary>Counts one drop.</summary>
    public void Count(DropReason reason) => _counts[(int)reason]++;

    /// <summary>The counts by the reasons' names; only reasons that occurred.</summary>
    public IReadOnlyDictionary<string, long> Snapshot()
    {
        var snapshot = new Dictionary<string, long>();
        foreach (DropReason reason in Reasons)
        {
            if (this[reason] != 0)
                snapshot[reason.ToString()] = this[reason];
        }

        return snapshot;
    }
}
