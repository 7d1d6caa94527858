using Parley.Rtc.Primitives;

namespace Parley.Simulation.Receivers;

/// <summary>
/// The person before the screen: sees a frame at the time that its timestamp asks for, or when it can be decoded at last. A freeze is what browsers count as one
/// (W3C webrtc-stats, freezeCount): a gap of three mean frame intervals, and 150 ms more than one.
/// </summary>
public sealed class Viewer
{
    private static readonly TimeSpan PlayoutDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FreezeMargin = TimeSpan.FromMilliseconds(150);

    private TimeSpan _shortestTransit = TimeSpan.MaxValue;
    private TimeSpan _meanInterval = TimeSpan.FromMilliseconds(50);
    private long _firstTimestamp;

    /// <summary>Frames seen.</summary>
    public int Frames { get; private set; }

    /// <summary>When the first was seen; <see cref="MonotonicTime.Never"/> before.</summary>
    public MonotonicTime FirstAt { get; private set; } = MonotonicTime.Never;

    /// <summary>When the last was seen.</summary>
    public MonotonicTime LastAt { get; private set; }

    /// <summary>The last one.</summary>
    public AssembledFrame Last { get; private set; }

    /// <summary>Freezes.</summary>
    public int Freezes { get; private set; }

    /// <summary>The longest time between two frames.</summary>
    public TimeSpan LongestGap { get; private set; }

    /// <summary>When <see cref="LongestGap"/> ended.</summary>
    public MonotonicTime LongestGapAt { get; private set; }

    /// <summary>Forgets gaps so far: those that come were not wanted.</summary>
    public void ForgetGaps()
    {
        LongestGap = TimeSpan.Zero;
        Freezes = 0;
    }

    /// <summary>The time since the last frame, or the longest gap if that is longer.</summary>
    public TimeSpan LongestGapUntil(MonotonicTime now) => Frames > 0 && now - LastAt > LongestGap ? now - LastAt : LongestGap;

    /// <summary>Shows a frame that was decoded now.</summary>
    public void Show(in AssembledFrame frame, MonotonicTime now)
    {
        MonotonicTime at = PlayoutTimeOf(frame, now);
        if (Frames++ == 0)
            FirstAt = at;
        else
            NoteGap(at - LastAt, at);
        Last = frame;
        LastAt = at;
    }

    private MonotonicTime PlayoutTimeOf(in AssembledFrame frame, MonotonicTime now)
    {
        if (Frames == 0)
            _firstTimestamp = frame.Timestamp;
        MonotonicTime captured = new((frame.Timestamp - _firstTimestamp) * TimeSpan.TicksPerMillisecond / 90);
        TimeSpan transit = now - captured;
        if (transit < _shortestTransit)
            _shortestTransit = transit;
        MonotonicTime wanted = captured + _shortestTransit + PlayoutDelay;
        MonotonicTime at = wanted > now ? wanted : now;
        return at > LastAt ? at : LastAt;
    }

    private void NoteGap(TimeSpan gap, MonotonicTime at)
    {
        TimeSpan limit = _meanInterval * 3 > _meanInterval + FreezeMargin ? _meanInterval * 3 : _meanInterval + FreezeMargin;
        if (gap >= limit)
            Freezes++;
        else
            _meanInterval = ((_meanInterval * 29) + gap) / 30;
        if (gap <= LongestGap)
            return;
        LongestGap = gap;
        LongestGapAt = at;
    }
}
