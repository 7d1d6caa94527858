using Parley.Rtc.Primitives;

namespace Parley.Sfu.Tracks;

/// <summary>
/// Decides which packets of one layer to ask the publisher for again (generic NACK, RFC 4585 section 6.2.1), on extended sequence numbers.
/// </summary>
/// <remarks>
/// <code>
/// state of a number | input                                                  | effect                       | next
/// unseen            | a higher number arrives                                | listed, reordering tolerated | Waiting
/// unseen            | a gap that would list more than the bound              | list emptied                 | gone, key frame wanted
/// Waiting           | it arrives                                             | unlisted                     | gone
/// Waiting           | 3 numbers later seen, or 20 ms passed                  | asked for                    | Asked
/// Asked             | it arrives                                             | unlisted                     | gone
/// Asked             | a round trip passed                                    | asked for again              | Asked
/// Asked             | 10 times asked and a round trip passed, or 3 s missing | unlisted                     | gone, key frame wanted
/// </code>
/// A key frame does not empty the list: its own packets may be among the missing.
/// </remarks>
public sealed class NackGenerator
{
    /// <summary>The most numbers listed as missing by default; 32 bytes each.</summary>
    public const int DefaultCapacity = 1000;

    /// <summary>How often a number is asked for.</summary>
    public const int MaximumTries = 10;

    /// <summary>How many numbers later must be seen before a missing one is taken for lost at once.</summary>
    public const int ReorderingTolerance = 3;

    /// <summary>How long a missing number may be merely late.</summary>
    public static readonly TimeSpan ReorderingDelay = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a number is asked for.</summary>
    public static readonly TimeSpan MaximumAge = TimeSpan.FromSeconds(3);

    /// <summary>The shortest time between two requests for one number, however short the round trip.</summary>
    public static readonly TimeSpan MinimumRetry = TimeSpan.FromMilliseconds(20);

    /// <summary>The round trip assumed before one was measured.</summary>
    public static readonly TimeSpan DefaultRoundTrip = TimeSpan.FromMilliseconds(100);

    // Enough for nearly all; grown by a layer that loses more, a few times in its life.
    private const int InitialSpace = 32;

    private readonly int _capacity;
    private Missing[] _missing;
    private int _count;
    private long _highest;
    private long _firstWaiting = long.MaxValue;
    private bool _keyFrameWanted;
    private TimeSpan _retry = DefaultRoundTrip;

    /// <summary>Makes a generator that has seen nothing.</summary>
    /// <param name="capacity">The most numbers listed as missing.</param>
    public NackGenerator(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        _capacity = capacity;
        _missing = new Missing[Math.Min(capacity, InitialSpace)];
    }

    /// <summary>When <see cref="TakeDue"/> is to be called; <see cref="MonotonicTime.Never"/> when nothing is missing.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>How many numbers are listed as missing.</summary>
    public int MissingCount => _count;

    /// <summary>Whether packets of <paramref name="codec"/> are asked for again: video always, audio only on request, since it conceals loss and RED repairs it sooner.</summary>
    public static bool Covers(CodecKind codec, bool includeAudio) => codec switch
    {
        CodecKind.Unknown => false,
        CodecKind.Opus or CodecKind.Red => includeAudio,
        _ => true,
    };

    /// <summary>Sets the round trip to the publisher, which is the time between two requests for one number.</summary>
    public void SetRoundTrip(TimeSpan roundTrip) =>
        _retry = roundTrip < MinimumRetry ? MinimumRetry : roundTrip > MaximumAge ? MaximumAge : roundTrip;

    /// <summary>Notes a received number, also one repaired through RTX. True when it was missing and has now come.</summary>
    public bool OnReceived(long sequence, MonotonicTime now)
    {
        if (_highest == 0)
        {
            _highest = sequence;
            return false;
        }

        if (sequence <= _highest)
            return Unlist(sequence);
        List(_highest + 1, sequence, now);
        _highest = sequence;
        if (_firstWaiting <= _highest - ReorderingTolerance)
            NextDeadline = MonotonicTime.Earlier(NextDeadline, now);
        return false;
    }

    /// <summary>
    /// Writes the numbers to ask for now, lowest first, and counts the request. Returns how many; when <paramref name="due"/> is full, call again.
    /// Afterwards <see cref="NextDeadline"/> is later than <paramref name="now"/>, unless <paramref name="due"/> was full.
    /// </summary>
    public int TakeDue(MonotonicTime now, Span<long> due)
    {
        int written = 0;
        int kept = 0;
        MonotonicTime next = MonotonicTime.Never;
        _firstWaiting = long.MaxValue;
        for (int i = 0; i < _count; i++)
        {
            Missing missing = _missing[i];
            MonotonicTime dueAt = DueAt(missing);
            if (dueAt <= now && (missing.Tries >= MaximumTries || now - missing.Since >= MaximumAge))
            {
                _keyFrameWanted = true;
                continue;
            }

            if (dueAt <= now && written < due.Length)
            {
                due[written++] = missing.Sequence;
                missing.Tries++;
                missing.AskedAt = now;
                dueAt = DueAt(missing);
            }

            if (missing.Tries == 0)
                _firstWaiting = Math.Min(_firstWaiting, missing.Sequence);
            next = MonotonicTime.Earlier(next, dueAt);
            _missing[kept++] = missing;
        }

        _count = kept;
        NextDeadline = next;
        return written;
    }

    /// <summary>Whether numbers were given up since the last call, so that only a key frame helps.</summary>
    public bool TakeKeyFrameWanted()
    {
        bool wanted = _keyFrameWanted;
        _keyFrameWanted = false;
        return wanted;
    }

    /// <summary>Forgets everything, for a layer that starts anew.</summary>
    public void Reset()
    {
        Empty();
        _highest = 0;
        _keyFrameWanted = false;
    }

    private void List(long first, long end, MonotonicTime now)
    {
        if (end - first > _capacity - _count)
        {
            Empty();
            _keyFrameWanted = true;
            return;
        }

        if (first == end)
            return;
        if (end - first > _missing.Length - _count)
            Grow((int)(end - first) + _count);
        _firstWaiting = Math.Min(_firstWaiting, first);
        for (long sequence = first; sequence < end; sequence++)
            _missing[_count++] = new Missing { Sequence = sequence, Since = now };
        NextDeadline = MonotonicTime.Earlier(NextDeadline, now + ReorderingDelay);
    }

    private void Grow(int needed) => Array.Resize(ref _missing, Math.Min(_capacity, Math.Max(needed, 2 * _missing.Length)));

    private bool Unlist(long sequence)
    {
        int low = 0;
        int high = _count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            long at = _missing[middle].Sequence;
            if (at == sequence)
            {
                _missing.AsSpan(middle + 1, _count - middle - 1).CopyTo(_missing.AsSpan(middle));
                if (--_count == 0)
                    Empty();
                return true;
            }

            if (at < sequence)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return false;
    }

    private void Empty()
    {
        _count = 0;
        _firstWaiting = long.MaxValue;
        NextDeadline = MonotonicTime.Never;
    }

    private MonotonicTime DueAt(in Missing missing)
    {
        if (missing.Tries > 0)
            return missing.AskedAt + _retry;
        return missing.Sequence <= _highest - ReorderingTolerance ? missing.Since : missing.Since + ReorderingDelay;
    }

    private struct Missing
    {
        public long Sequence;
        public MonotonicTime Since;
        public MonotonicTime AskedAt;
        public int Tries;
    }
}
