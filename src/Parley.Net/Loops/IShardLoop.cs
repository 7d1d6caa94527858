using System.Net;

namespace Parley.Net.Loops;

/// <summary>A shell's loop as its host sees it.</summary>
internal interface IShardLoop : IDisposable
{
    /// <summary>The bound address and port.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>What it counts.</summary>
    LoopCounters Counters { get; }

    /// <summary>Wakes it.</summary>
    WakeLatch Wake { get; }

    /// <summary>Runs until <paramref name="stop"/> says so after a wake-up; on the shard's thread.</summary>
    void Run(StopFlag stop);
}
