using Parley.Rtc.Primitives;

namespace Parley.Sfu.Tracks;

/// <summary>
/// Tells whether a layer still delivers. Browsers stop layers without a word when bandwidth is short; a shared screen may show a frame each 5 s and is alive all the same,
/// so the timeout scales with the frame interval seen.
/// </summary>
/// <remarks>
/// <code>
/// state | input                                  | effect                   | next
/// Dead  | packet                                 | true: it changed         | Live
/// Live  | packet                                 | the deadline moves       | Live
/// Live  | 4 frame intervals (0.5 s to 30 s) pass | true: it changed         | Dead
/// any   | reset                                  | forgets the interval     | Dead
/// </code>
/// </remarks>
public sealed class LayerLiveness
{
    /// <summary>The timeout while no frame interval was seen yet.</summary>
    public static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The shortest timeout.</summary>
    public static readonly TimeSpan MinimumTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest timeout.</summary>
    public static readonly TimeSpan MaximumTimeout = TimeSpan.FromSeconds(30);

    /// <summary>How many frame intervals without a packet are a death.</summary>
    public const int Intervals = 4;

    private TimeSpan _interval;
    private MonotonicTime _lastFrame = MonotonicTime.Never;

    /// <summary>Whether the layer delivers.</summary>
    public bool IsLive => NextDeadline != MonotonicTime.Never;

    /// <summary>When <see cref="TakeDeath"/> is to be called; <see cref="MonotonicTime.Never"/> while dead.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Notes a packet. True when the layer was dead.</summary>
    public bool OnPacket(bool isFrameStart, MonotonicTime now)
    {
        bool wasDead = !IsLive;
        if (isFrameStart)
        {
            if (_lastFrame != MonotonicTime.Never)
                Learn(now - _lastFrame);
            _lastFrame = now;
        }

        NextDeadline = now + Timeout();
        return wasDead;
    }

    /// <summary>Whether the layer died just now.</summary>
    public bool TakeDeath(MonotonicTime now)
    {
        if (NextDeadline > now)
            return false;
        NextDeadline = MonotonicTime.Never;
        return true;
    }

    /// <summary>Forgets everything: muted, or begun anew.</summary>
    public void Reset()
    {
        NextDeadline = MonotonicTime.Never;
        _interval = TimeSpan.Zero;
        _lastFrame = MonotonicTime.Never;
    }

    // Quickly up, so that one false death is the last; slowly down.
    private void Learn(TimeSpan sample) =>
        _interval = _interval == TimeSpan.Zero ? sample : sample > _interval ? (_interval + sample) / 2 : _interval + ((sample - _interval) / 8);

    private TimeSpan Timeout()
    {
        if (_interval == TimeSpan.Zero)
            return FirstTimeout;
        TimeSpan timeout = _interval * Intervals;
        return timeout < MinimumTimeout ? MinimumTimeout : timeout > MaximumTimeout ? MaximumTimeout : timeout;
    }
}
