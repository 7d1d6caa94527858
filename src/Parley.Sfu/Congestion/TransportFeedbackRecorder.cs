using System.Numerics;
using Parley.Rtc.Primitives;

namespace Parley.Sfu.Congestion;

/// <summary>
/// Notes when each packet with a transport-wide sequence number came, and hands out what the next feedback packets tell the sender.
/// Record every packet that carries the extension, of unknown SSRCs and RTX too: a sender that misses reports stays slow.
/// </summary>
/// <remarks>
/// <code>
/// number                                  | effect
/// newer than all                          | noted; those between count as lost unless they still come
/// already reported as lost, within reach  | reported again from there on, as libwebrtc does
/// received before                         | none
/// older than the ring reaches, or 500 ms  | none
/// ahead of the ring's whole length        | starts anew there
/// </code>
/// </remarks>
public sealed class TransportFeedbackRecorder
{
    /// <summary>The most received packets one feedback packet tells about: 2 bytes each at most, within a datagram.</summary>
    public const int MaximumReceived = 400;

    /// <summary>The shortest time between two feedback packets.</summary>
    public static readonly TimeSpan MinimumInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest time between two feedback packets.</summary>
    public static readonly TimeSpan MaximumInterval = TimeSpan.FromMilliseconds(100);

    // A signed 16-bit delta in units of 250 us reaches 8.19 s.
    private static readonly TimeSpan MaximumDelta = TimeSpan.FromMilliseconds(8_100);

    /// <summary>How late a packet may be to be reported still: the next one after it came at most so long ago.</summary>
    public static readonly TimeSpan BackWindow = TimeSpan.FromMilliseconds(500);

    // A feedback packet of 68 bytes may take a twentieth of the received bitrate.
    private const double FeedbackBits = 68 * 8;
    private const double FeedbackShare = 0.05;

    private readonly MonotonicTime[] _arrivals;
    private readonly int _mask;
    private SequenceExtender _extender;
    private TimeSpan _interval = MaximumInterval;
    private MonotonicTime _lastFeedback = MonotonicTime.Zero;
    private long _next;
    private byte _feedbackCount;

    /// <summary>Makes a recorder that reaches <paramref name="capacity"/> packets back; a power of two, at most 2048.</summary>
    public TransportFeedbackRecorder(int capacity = 1024)
    {
        if (capacity is <= 0 or > 2048 || !BitOperations.IsPow2(capacity))
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "The capacity is a power of two, at most 2048.");
        _arrivals = new MonotonicTime[capacity];
        Array.Fill(_arrivals, MonotonicTime.Never);
        _mask = capacity - 1;
    }

    /// <summary>When <see cref="TryTake"/> is to be called; <see cref="MonotonicTime.Never"/> when nothing waits to be told.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Sets the bitrate received on the transport, from which the time between feedback packets follows.</summary>
    public void SetBitrate(long bitsPerSecond)
    {
        double seconds = FeedbackBits / (FeedbackShare * Math.Max(1, bitsPerSecond));
        _interval = TimeSpan.FromSeconds(Math.Clamp(seconds, MinimumInterval.TotalSeconds, MaximumInterval.TotalSeconds));
    }

    /// <summary>Notes a packet.</summary>
    public void OnReceived(ushort sequence, MonotonicTime now)
    {
        long before = _extender.Highest;
        long number = _extender.Extend(sequence);
        if (before == 0)
            _next = number;
        else if (number > before)
            Advance(before, number);
        else if (number <= before - _arrivals.Length || At(number) != MonotonicTime.Never || IsTooLate(number, now))
            return;
        else
            _next = Math.Min(_next, number);
        At(number) = now;
        if (NextDeadline == MonotonicTime.Never)
            NextDeadline = _lastFeedback + _interval > now ? _lastFeedback + _interval : now;
    }

    /// <summary>Takes what one feedback packet tells; false when none is due. Call again until it is false: long or torn stretches need several.</summary>
    public bool TryTake(MonotonicTime now, out FeedbackBatch batch)
    {
        batch = default;
        if (NextDeadline > now)
            return false;
        long end = EndOfBatch();
        batch = new FeedbackBatch(_next, (int)(end - _next), _feedbackCount++, _arrivals);
        _next = end;
        _lastFeedback = now;
        NextDeadline = end > _extender.Highest ? MonotonicTime.Never : now;
        return true;
    }

    // Reporting again from far back would repeat old news at length.
    private bool IsTooLate(long number, MonotonicTime now)
    {
        do
            number++;
        while (At(number) == MonotonicTime.Never);
        return now - At(number) > BackWindow;
    }

    // One after the last received packet that still fits. The highest number is always received, so that a batch holds one at least.
    private long EndOfBatch()
    {
        MonotonicTime last = MonotonicTime.Never;
        long end = _next;
        int received = 0;
        for (long number = _next; number <= _extender.Highest && received < MaximumReceived; number++)
        {
            MonotonicTime arrival = At(number);
            if (arrival == MonotonicTime.Never)
                continue;
            if (last != MonotonicTime.Never && (arrival - last).Duration() > MaximumDelta)
                break;
            last = arrival;
            received++;
            end = number + 1;
        }

        return end;
    }

    private void Advance(long before, long number)
    {
        if (number - before >= _arrivals.Length)
        {
            Array.Fill(_arrivals, MonotonicTime.Never);
            _next = number;
            return;
        }

        for (long lost = before + 1; lost < number; lost++)
            At(lost) = MonotonicTime.Never;
        _next = Math.Max(_next, number - _arrivals.Length + 1);
    }

    private ref MonotonicTime At(long number) => ref _arrivals[number & _mask];
}
