using Parley.Rtc.Primitives;

namespace Parley.Sfu.Congestion;

/// <summary>What one transport-wide feedback packet tells (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1): a view into the recorder, valid until it records again.</summary>
public readonly ref struct FeedbackBatch
{
    private readonly ReadOnlySpan<MonotonicTime> _arrivals;

    internal FeedbackBatch(long baseSequence, int count, byte feedbackCount, ReadOnlySpan<MonotonicTime> ring)
    {
        BaseSequence = baseSequence;
        Count = count;
        FeedbackCount = feedbackCount;
        _arrivals = ring;
    }

    /// <summary>The extended transport-wide number of the first packet; its low 16 bits go on the wire.</summary>
    public long BaseSequence { get; }

    /// <summary>How many packets in a row it tells about, at least one of them received; the last one is.</summary>
    public int Count { get; }

    /// <summary>The number of the feedback packet, counting on over 255.</summary>
    public byte FeedbackCount { get; }

    /// <summary>Whether the packet at <paramref name="index"/> was received, and when. Two received ones in a row are less than 8.19 s apart, what a delta can say.</summary>
    public bool TryGetArrival(int index, out MonotonicTime arrival)
    {
        arrival = _arrivals[(int)((BaseSequence + index) & (_arrivals.Length - 1))];
        return arrival != MonotonicTime.Never;
    }
}
