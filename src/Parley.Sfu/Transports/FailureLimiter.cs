using Parley.Rtc.Primitives;

namespace Parley.Sfu.Transports;

/// <summary>
/// Bounds what a flood of failing datagrams costs: failures are counted per source address in a fixed table of short windows, and a source with too many is not read further until
/// its window ends. Addresses share a counter when their keyed hashes meet, so an attacker cannot aim at somebody else's.
/// </summary>
public sealed class FailureLimiter
{
    /// <summary>Failures of one source in one window before it is ignored.</summary>
    public const int MaximumFailures = 50;

    /// <summary>How long a window lasts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(100);

    private const int BucketCount = 4096;

    private readonly Bucket[] _buckets = new Bucket[BucketCount];
    private readonly ulong _key;

    /// <summary>Makes a limiter with a secret hash key.</summary>
    public FailureLimiter(IEntropy entropy) => _key = entropy.NextUInt64() | 1;

    /// <summary>Whether datagrams of <paramref name="source"/> are to be dropped unread now.</summary>
    public bool IsBlocked(in TransportAddress source, MonotonicTime now)
    {
        ref Bucket bucket = ref Find(source);
        return bucket.Failures >= MaximumFailures && now < bucket.Ends;
    }

    /// <summary>Counts a failing datagram.</summary>
    public void Count(in TransportAddress source, MonotonicTime now)
    {
        ref Bucket bucket = ref Find(source);
        if (now >= bucket.Ends)
            bucket = new Bucket { Ends = now + Window };
        bucket.Failures++;
    }

    private ref Bucket Find(in TransportAddress source)
    {
        ulong hash = (uint)source.GetHashCode() * _key;
        return ref _buckets[(int)(hash >> 52)];
    }

    private struct Bucket
    {
        public MonotonicTime Ends;
        public int Failures;
    }
}
