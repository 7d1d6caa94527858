using Parley.Rtc.Primitives;

namespace Parley.Simulation.Receivers;

/// <summary>Asks for missing packets as libwebrtc does: at once, then each round trip, ten times at most; what lies before a frame that can be shown is forgotten.</summary>
public sealed class NackRequester
{
    private const int MaximumTries = 10;
    private const int MaximumMissing = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly List<Missing> _missing = [];
    private long _highest = -1;

    /// <summary>When <see cref="TakeDue"/> is to be called.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>How many requests for one packet were made.</summary>
    public int Requests { get; private set; }

    /// <summary>How many packets were given up.</summary>
    public int GivenUp { get; private set; }

    /// <summary>Notes a received number; true when so many are missing that only a key frame helps.</summary>
    public bool OnReceived(long sequence, MonotonicTime now)
    {
        if (_highest < 0)
            _highest = sequence;
        if (sequence <= _highest)
        {
            Remove(sequence);
            return false;
        }

        for (long number = _highest + 1; number < sequence; number++)
        {
            _missing.Add(new Missing(number, default, 0));
            NextDeadline = now;
        }

        _highest = sequence;
        if (_missing.Count <= MaximumMissing)
            return false;
        _missing.Clear();
        return true;
    }

    /// <summary>Forgets what lies before a number.</summary>
    public void ClearUpTo(long sequence)
    {
        int count = 0;
        while (count < _missing.Count && _missing[count].Sequence < sequence)
            count++;
        if (count > 0)
            _missing.RemoveRange(0, count);
        if (_missing.Count == 0)
            NextDeadline = MonotonicTime.Never;
    }

    /// <summary>Writes the numbers to ask for now and returns how many.</summary>
    public int TakeDue(MonotonicTime now, TimeSpan roundTrip, Span<long> due)
    {
        int count = 0;
        int kept = 0;
        for (int i = 0; i < _missing.Count; i++)
        {
            Missing missing = _missing[i];
            if (count < due.Length && (missing.Tries == 0 || now - missing.AskedAt >= roundTrip))
            {
                if (missing.Tries == MaximumTries)
                {
                    GivenUp++;
                    continue;
                }

                due[count++] = missing.Sequence;
                missing = new Missing(missing.Sequence, now, missing.Tries + 1);
            }

            _missing[kept++] = missing;
        }

        _missing.RemoveRange(kept, _missing.Count - kept);
        Requests += count;
        NextDeadline = _missing.Count == 0 ? MonotonicTime.Never : now + Interval;
        return count;
    }

    private void Remove(long sequence)
    {
        for (int i = 0; i < _missing.Count; i++)
        {
            if (_missing[i].Sequence != sequence)
                continue;
            _missing.RemoveAt(i);
            return;
        }
    }

    private readonly record struct Missing(long Sequence, MonotonicTime AskedAt, int Tries);
}
