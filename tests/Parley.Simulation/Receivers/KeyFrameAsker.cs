using Parley.Rtc.Primitives;

namespace Parley.Simulation.Receivers;

/// <summary>When a receiver asks for a key frame, as libwebrtc does: each 200 ms while it waits for one and none is coming in, and when nothing could be decoded for 3 s.</summary>
public sealed class KeyFrameAsker
{
    private static readonly TimeSpan WaitForKeyFrame = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WaitForFrame = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ActiveTime = TimeSpan.FromSeconds(5);

    private MonotonicTime _lastPacket;
    private MonotonicTime _lastKeyFramePacket;
    private bool _isDue;

    /// <summary>When <see cref="TakeDue"/> is to be called.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>How often it asked.</summary>
    public int Requests { get; private set; }

    /// <summary>Notes a packet.</summary>
    public void OnPacket(bool isKeyFrame, MonotonicTime now)
    {
        bool wasSilent = NextDeadline == MonotonicTime.Never;
        _lastPacket = now;
        if (isKeyFrame)
            _lastKeyFramePacket = now;
        if (wasSilent)
            NextDeadline = now + WaitForKeyFrame;
    }

    /// <summary>Notes a decoded frame.</summary>
    public void OnDecoded(MonotonicTime now)
    {
        if (!_isDue)
            NextDeadline = now + WaitForFrame;
    }

    /// <summary>Asks as soon as may be, since too much is missing.</summary>
    public void AskNow(MonotonicTime now)
    {
        _isDue = true;
        NextDeadline = now;
    }

    /// <summary>Whether to ask now; <paramref name="timedOut"/> when because nothing could be decoded.</summary>
    public bool TakeDue(MonotonicTime now, out bool timedOut)
    {
        timedOut = false;
        if (now < NextDeadline)
            return false;
        bool isDue = _isDue;
        _isDue = false;
        if (now - _lastPacket > ActiveTime)
        {
            NextDeadline = MonotonicTime.Never;
            return false;
        }

        NextDeadline = now + WaitForKeyFrame;
        timedOut = !isDue;
        if (!isDue && _lastKeyFramePacket != default && now - _lastKeyFramePacket < WaitForKeyFrame)
            return false;
        Requests++;
        return true;
    }
}
