using Parley.Rtc.Primitives;

namespace Parley.Sfu.Tracks;

/// <summary>
/// Loss and jitter of one received stream for its report blocks (RFC 3550 sections 6.4.1, A.3 and A.8), on extended sequence numbers and timestamps.
/// Count what arrives on the stream itself, not what was repaired through RTX.
/// </summary>
public sealed class ReceiveStatistics
{
    private const int MaximumCumulativeLost = 0x7FFFFF;
    private const int MinimumCumulativeLost = -0x800000;

    // A jump of the sender's clock is not jitter: 5 s.
    private const int MaximumTransitChangeSeconds = 5;

    // Extended numbers begin in cycle 1 (SequenceExtender); reports begin in cycle 0.
    private const long FirstCycle = 0x10000;

    private readonly int _clockRate;
    private long _first;
    private long _highest;
    private long _received;
    private long _expectedBefore;
    private long _receivedBefore;
    private long _transit;
    private long _lastTimestamp;
    private long _jitterTimes16;

    /// <summary>Makes statistics of a stream with <paramref name="clockRate"/> timestamp units a second.</summary>
    public ReceiveStatistics(int clockRate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clockRate);
        _clockRate = clockRate;
    }

    /// <summary>Whether a packet arrived.</summary>
    public bool HasReceived => _received > 0;

    /// <summary>How many packets arrived.</summary>
    public long Received => _received;

    /// <summary>The highest extended sequence number.</summary>
    public long Highest => _highest;

    /// <summary>Counts a packet.</summary>
    public void OnReceived(long sequence, long timestamp, MonotonicTime arrival)
    {
        long transit = (long)((Int128)arrival.Ticks * _clockRate / TimeSpan.TicksPerSecond) - timestamp;
        if (_received++ == 0)
        {
            _first = sequence;
            _highest = sequence;
            _transit = transit;
            _lastTimestamp = timestamp;
            return;
        }

        _first = Math.Min(_first, sequence);
        if (sequence <= _highest)
            return;
        _highest = sequence;

        // One sample a frame: its further packets are spread by the sender's pacing, not by the network.
        if (timestamp == _lastTimestamp)
            return;
        long change = Math.Abs(transit - _transit);
        _transit = transit;
        _lastTimestamp = timestamp;
        if (change < (long)MaximumTransitChangeSeconds * _clockRate)
            _jitterTimes16 += change - ((_jitterTimes16 + 8) >> 4);
    }

    /// <summary>The report block since the last call.</summary>
    public ReceptionSummary TakeReport()
    {
        if (_received == 0)
            return default;
        long expected = _highest - _first + 1;
        long expectedNow = expected - _expectedBefore;
        long lostNow = expectedNow - (_received - _receivedBefore);
        _expectedBefore = expected;
        _receivedBefore = _received;
        byte fraction = expectedNow <= 0 || lostNow <= 0 ? (byte)0 : (byte)Math.Min(255, (lostNow << 8) / expectedNow);
        return new ReceptionSummary(
            fraction,
            (int)Math.Clamp(expected - _received, MinimumCumulativeLost, MaximumCumulativeLost),
            unchecked((uint)(_highest - FirstCycle)),
            (uint)(_jitterTimes16 >> 4));
    }
}
