using Parley.Rtc.Primitives;

namespace Parley.Sfu.Tracks;

/// <summary>Bits a second over the last second, in tenths.</summary>
public sealed class BitrateMeter
{
    private const int Buckets = 10;
    private const long BucketMilliseconds = 100;

    private readonly long[] _bytes = new long[Buckets];
    private long _newest;
    private long _sum;

    /// <summary>Counts <paramref name="bytes"/> at <paramref name="now"/>.</summary>
    public void Add(int bytes, MonotonicTime now)
    {
        Advance(now);
        _bytes[_newest % Buckets] += bytes;
        _sum += bytes;
    }

    /// <summary>Bits in the last second.</summary>
    public long BitsPerSecond(MonotonicTime now)
    {
        Advance(now);
        return _sum * 8;
    }

    private void Advance(MonotonicTime now)
    {
        long bucket = now.Milliseconds / BucketMilliseconds;
        if (bucket - _newest > Buckets)
            _newest = bucket - Buckets;
        while (_newest < bucket)
        {
            _newest++;
            _sum -= _bytes[_newest % Buckets];
            _bytes[_newest % Buckets] = 0;
        }
    }
}
