using System.Collections.Concurrent;

namespace Parley.Server.Tunnel;

/// <summary>What the tunnel counts, for operators. Safe from any thread.</summary>
internal sealed class TunnelCounters
{
    private readonly ConcurrentDictionary<string, long> _refusals = new();
    private readonly ConcurrentDictionary<string, long> _ends = new();
    private long _packetsIn;
    private long _bytesIn;
    private long _packetsOut;
    private long _bytesOut;

    /// <summary>What was refused, by reason.</summary>
    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    /// <summary>What ended, by reason.</summary>
    public IReadOnlyDictionary<string, long> Ends => _ends;

    /// <summary>Datagrams from clients to shards.</summary>
    public (long Packets, long Bytes) In => (Interlocked.Read(ref _packetsIn), Interlocked.Read(ref _bytesIn));

    /// <summary>Datagrams from shards to clients.</summary>
    public (long Packets, long Bytes) Out => (Interlocked.Read(ref _packetsOut), Interlocked.Read(ref _bytesOut));

    /// <summary>Something was refused.</summary>
    public void Refuse(string reason) => _refusals.AddOrUpdate(reason, 1, static (_, count) => count + 1);

    /// <summary>A connection that was led to a shard has ended.</summary>
    public void End(string reason) => _ends.AddOrUpdate(reason, 1, static (_, count) => count + 1);

    /// <summary>A datagram went to a shard.</summary>
    public void CountIn(int bytes)
    {
        Interlocked.Increment(ref _packetsIn);
        Interlocked.Add(ref _bytesIn, bytes);
    }

    /// <summary>Datagrams went to a client.</summary>
    public void CountOut(int packets, int bytes)
    {
        Interlocked.Add(ref _packetsOut, packets);
        Interlocked.Add(ref _bytesOut, bytes);
    }
}
