namespace Parley.Net.Loops;

/// <summary>What a loop counts. The loop's thread alone writes; others read through <see cref="Snapshot"/>.</summary>
internal sealed class LoopCounters
{
    /// <summary>A gap from which on it is counted: a collection of the heap, or another process on our core.</summary>
    internal static readonly TimeSpan LongGap = TimeSpan.FromMilliseconds(20);

    private readonly long[] _drops = new long[Enum.GetValues<ShellDropReason>().Length];

    internal long DatagramsReceived;
    internal long BytesReceived;
    internal long DatagramsSent;
    internal long BytesSent;
    internal long ReceiveCalls;
    internal long SendCalls;
    internal long SegmentedRuns;
    internal long SegmentationRefusals;
    internal long IcmpErrors;
    internal long ReceiveErrors;
    internal long Turns;
    internal long Spins;
    internal long Exceptions;
    internal long StatisticsDropped;
    internal long LongGaps;
    internal long LongestGapTicks;

    /// <summary>Counts dropped datagrams.</summary>
    public void Drop(ShellDropReason reason, long datagrams = 1) => _drops[(int)reason] += datagrams;

    /// <summary>Takes note of how long the loop was away from its sockets.</summary>
    public void Gap(TimeSpan gap)
    {
        if (gap.Ticks > LongestGapTicks)
            LongestGapTicks = gap.Ticks;
        if (gap > LongGap)
            LongGaps++;
    }

    /// <summary>The counters as a value; each figure is whole, all together are of about the same moment.</summary>
    public ShellCounters Snapshot(long commandsRefused) => new()
    {
        DatagramsReceived = Volatile.Read(ref DatagramsReceived),
        BytesReceived = Volatile.Read(ref BytesReceived),
        DatagramsSent = Volatile.Read(ref DatagramsSent),
        BytesSent = Volatile.Read(ref BytesSent),
        ReceiveCalls = Volatile.Read(ref ReceiveCalls),
        SendCalls = Volatile.Read(ref SendCalls),
        SegmentedRuns = Volatile.Read(ref SegmentedRuns),
        SegmentationRefusals = Volatile.Read(ref SegmentationRefusals),
        IcmpErrors = Volatile.Read(ref IcmpErrors),
        ReceiveErrors = Volatile.Read(ref ReceiveErrors),
        Turns = Volatile.Read(ref Turns),
        Spins = Volatile.Read(ref Spins),
        Exceptions = Volatile.Read(ref Exceptions),
        StatisticsDropped = Volatile.Read(ref StatisticsDropped),
        CommandsRefused = commandsRefused,
        LongGaps = Volatile.Read(ref LongGaps),
        LongestGap = new TimeSpan(Volatile.Read(ref LongestGapTicks)),
        Drops = Array.ConvertAll(Enum.GetValues<ShellDropReason>(), reason => (reason, Volatile.Read(ref _drops[(int)reason])))
            .Where(drop => drop.Item2 > 0)
            .ToDictionary(drop => drop.reason, drop => drop.Item2),
    };
}
