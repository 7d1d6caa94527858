using Parley.Rtc.Primitives;

namespace Parley.Sfu.Slots;

/// <summary>
/// Gives a slot's stream one line of timestamps over source switches, mute and pause (RFC 3550 section 5.1), on extended 64-bit timestamps.
/// A switch weighs three timestamps: the last one sent, the reference (the new source's timestamp said in the old source's through both sender reports) and the expected one
/// (the last plus the time since then).
/// </summary>
/// <remarks>
/// <code>
/// sent before | reference                      | later than the last | outgoing
/// no          | any                            |                     | the start (Start)
/// yes         | within its limits of expected  | yes                 | the reference (Reference)
/// yes         | none, or outside its limits    | yes                 | the expected (Expected)
/// yes         | any                            | no                  | the last + 1 (AfterLast)
///
/// later frame | its reference                  |                     | outgoing
/// any         | later than the slow line       |                     | the reference (Offset)
/// any         | not later                      |                     | on the slow line (CatchingUp)
/// </code>
/// A source put behind the last timestamp would run ahead of its sound for as long as it is shown. So its own instants stay its offset, and until they are reached its frames are squeezed
/// together on a slow line that begins at the switch: a 16th of their distances. A late frame finds its place on it too, since nothing but its timestamp counts.
/// Resuming the same source after mute is a switch whose reference is its own timestamp: kept where the source's clock ran on, projected over the pause where it stood.
/// </remarks>
public sealed class TimestampMunger
{
    /// <summary>How far a reference may lie behind the expected timestamp: a key frame comes late when it is paced, queued or repaired.</summary>
    public static readonly TimeSpan ReferenceBehindLimit = TimeSpan.FromSeconds(1);

    /// <summary>How far a reference may lie ahead of the expected timestamp: nothing arrives before it was captured, only the last packet came late.</summary>
    public static readonly TimeSpan ReferenceAheadLimit = TimeSpan.FromMilliseconds(500);

    // Frames 240 times a second still lie 23 ticks of 90 kHz apart, and the line costs a 15th of the way to make up for.
    private const int Squeeze = 16;

    private readonly int _clockRate;
    private readonly long _start;
    private readonly bool _isExact;
    private bool _hasSent;
    private long _offset;
    private long _switchSource;
    private long _switchOutgoing;
    private long _last;
    private MonotonicTime _lastAt;

    /// <summary>Makes a munger that begins at a random timestamp.</summary>
    public TimestampMunger(int clockRate, IEntropy entropy)
        : this(clockRate, 0x1_0000_0000L + entropy.NextUInt32())
    {
    }

    /// <summary>Makes a munger.</summary>
    /// <param name="clockRate">Timestamp units a second.</param>
    /// <param name="start">The first outgoing timestamp.</param>
    public TimestampMunger(int clockRate, long start)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(clockRate);
        _clockRate = clockRate;
        _start = start;
    }

    private TimestampMunger(int clockRate) => (_clockRate, _isExact) = (clockRate, true);

    /// <summary>Makes a munger that keeps the timestamps of its only source, so that they can be told before the first packet is sent.</summary>
    public static TimestampMunger Exact(int clockRate) => new(clockRate);

    /// <summary>Whether a packet was sent.</summary>
    public bool HasSent => _hasSent;

    /// <summary>The latest timestamp sent.</summary>
    public long Last => _last;

    /// <summary>What is added to the current source's timestamps once they have caught up, and in its sender reports at all times.</summary>
    public long Offset => _offset;

    /// <summary>The outgoing timestamp of a packet of the current source.</summary>
    public TimestampReservation Reserve(long source)
    {
        long reference = source + _offset;
        long since = source - _switchSource;
        long line = _switchOutgoing + (since < 0 ? since : since / Squeeze);
        return line > reference
            ? new TimestampReservation(line, line - source, TimestampOrigin.CatchingUp, line - reference)
            : new TimestampReservation(reference, _offset, TimestampOrigin.Offset);
    }

    /// <summary>Chooses the outgoing timestamp of the first packet of a new source, or of the same one after a pause.</summary>
    /// <param name="source">Its extended timestamp.</param>
    /// <param name="reference">The same instant in the timestamps of the current source; null when not both sent a sender report, or they have different senders.</param>
    /// <param name="now">The time.</param>
    public TimestampReservation ReserveSwitch(long source, long? reference, MonotonicTime now)
    {
        if (!_hasSent)
        {
            long start = _isExact ? source : _start;
            return new TimestampReservation(start, start - source, TimestampOrigin.Start);
        }

        long expected = _last + Ticks(now - _lastAt);
        long chosen = expected;
        TimestampOrigin origin = TimestampOrigin.Expected;
        if (reference is { } inOldSource)
        {
            long ahead = inOldSource + _offset - expected;
            if (_isExact || (ahead >= -Ticks(ReferenceBehindLimit) && ahead <= Ticks(ReferenceAheadLimit)))
            {
                chosen = inOldSource + _offset;
                origin = TimestampOrigin.Reference;
            }
        }

        if (chosen > _last)
            return new TimestampReservation(chosen, chosen - source, origin);
        long next = _last + 1;
        return new TimestampReservation(next, next - source, TimestampOrigin.AfterLast, next - chosen);
    }

    /// <summary>Notes that the packet with this timestamp was sent at <paramref name="now"/>.</summary>
    public void Commit(in TimestampReservation reservation, MonotonicTime now)
    {
        if (reservation.Origin is not (TimestampOrigin.Offset or TimestampOrigin.CatchingUp))
        {
            _offset = reservation.Offset - reservation.Ahead;
            _switchSource = reservation.Outgoing - reservation.Offset;
            _switchOutgoing = reservation.Outgoing;
        }

        if (_hasSent && reservation.Outgoing <= _last)
            return;
        _hasSent = true;
        _last = reservation.Outgoing;
        _lastAt = now;
    }

    private long Ticks(TimeSpan time) => (long)((Int128)time.Ticks * _clockRate / TimeSpan.TicksPerSecond);
}
