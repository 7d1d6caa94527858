using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;

namespace Parley.Simulation.Receivers;

/// <summary>What a receiver reports about one SSRC (RFC 3550 section 6.4.1).</summary>
public sealed class ReceptionCounter
{
    private SequenceExtender _sequence;
    private long _first;
    private long _received;
    private long _reportedExpected;
    private long _reportedReceived;
    private uint _lastReport;
    private MonotonicTime _lastReportAt;

    /// <summary>Whether a packet has come.</summary>
    public bool HasStarted => _sequence.HasValue;

    /// <summary>Notes a packet.</summary>
    public void OnReceived(ushort sequence)
    {
        long extended = _sequence.Extend(sequence);
        if (_received++ == 0)
            _first = extended;
    }

    /// <summary>Notes the sender's report.</summary>
    public void OnSenderReport(NtpTime sent, MonotonicTime now)
    {
        _lastReport = sent.Compact;
        _lastReportAt = now;
    }

    /// <summary>The report about the time since the last.</summary>
    public ReportBlock Take(uint ssrc, MonotonicTime now)
    {
        long expected = _sequence.Highest - _first + 1;
        long lately = expected - _reportedExpected;
        long lost = lately - (_received - _reportedReceived);
        _reportedExpected = expected;
        _reportedReceived = _received;
        return new ReportBlock
        {
            Ssrc = ssrc,
            FractionLost = lost <= 0 || lately <= 0 ? (byte)0 : (byte)Math.Min(255, lost * 256 / lately),
            CumulativeLost = (int)(expected - _received),
            HighestSequence = (uint)(_sequence.Highest - 0x10000),
            LastSenderReport = _lastReport,
            DelaySinceLastSenderReport = _lastReport == 0 ? 0 : NtpTime.ToCompactDuration(now - _lastReportAt),
        };
    }
}
