namespace Parley.Cli.Load.Measuring;

/// <summary>Counts delays in buckets of 1/32 relative width from 1 us to 70 s: adding costs a few instructions and no memory.</summary>
public sealed class LatencyHistogram
{
    private const int SubBucketBits = 5;
    private const int SubBuckets = 1 << SubBucketBits;
    private const int Octaves = 26;

    private readonly long[] _counts = new long[(Octaves + 1) * SubBuckets];

    /// <summary>How many delays were added.</summary>
    public long Count { get; private set; }

    /// <summary>The longest delay added, us.</summary>
    public long Maximum { get; private set; }

    /// <summary>Adds a delay in us; a negative one counts as 0.</summary>
    public void Add(long microseconds)
    {
        long value = Math.Max(0, microseconds);
        Count++;
        Maximum = Math.Max(Maximum, value);
        _counts[IndexOf(value)]++;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
        Maximum = 0;
    }

    /// <summary>Adds all delays of another histogram.</summary>
    public void Merge(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
        Maximum = Math.Max(Maximum, other.Maximum);
    }

    /// <summary>The delay in ms that a share (0 to 1) of the delays does not exceed, to 3 %; 0 when there are none.</summary>
    public double Percentile(double share)
    {
        long rank = (long)Math.Ceiling(share * Count);
        long seen = 0;
        for (int i = 0; i < _counts.Length && rank > 0; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
                return Math.Min(UpperBound(i), Maximum) / 1000.0;
        }

        return 0;
    }

    private static int IndexOf(long value)
    {
        if (value < SubBuckets)
            return (int)value;
        int octave = 63 - System.Numerics.BitOperations.LeadingZeroCount((ulong)value) - SubBucketBits;
        return Math.Min((octave + 1) * SubBuckets + (int)((value >> octave) - SubBuckets), ((Octaves + 1) * SubBuckets) - 1);
    }

    private static long UpperBound(int index)
    {
        int octave = (index / SubBuckets) - 1;
        return octave < 0 ? index : (((long)(index % SubBuckets) + SubBuckets + 1) << octave) - 1;
    }
}
