using Parley.Rtc.Primitives;

namespace Parley.Sfu.KeyFrames;

/// <summary>
/// Collapses everyone's requests for a key frame of one layer into one pending request to its publisher (PLI, RFC 4585 section 6.3.1), repeats it until a key frame begins,
/// and limits it in rate and in bytes: key frames cost all who watch.
/// </summary>
/// <remarks>
/// <code>
/// state   | input                                          | effect                            | next
/// Idle    | request, the requester not too often           | due at the earliest allowed time  | Waiting
/// Idle    | request, the requester too often               | false                             | Idle
/// Waiting | request                                        | collapsed                         | Waiting
/// Waiting | the time comes                                 | asks                              | Asked
/// Waiting | a key frame begins                             | satisfied                         | Idle
/// Asked   | request                                        | collapsed                         | Asked
/// Asked   | max(200 ms, round trip + 10 ms) passed         | asks again, slower from the 6th   | Asked
/// Asked   | a key frame begins                             | satisfied                         | Idle
/// any     | muted or dead                                  | dropped                           | Off
/// Off     | request                                        | false                             | Off
/// Off     | back                                           |                                   | Idle
/// </code>
/// The earliest allowed time is the later of 300 ms after the last key frame began, and of when the byte budget has room:
/// key frames may take a fifth of the layer's bitrate, with two of them in advance.
/// </remarks>
public sealed class KeyFrameRequester
{
    /// <summary>The shortest time from the start of a key frame to the next request.</summary>
    public static readonly TimeSpan MinimumInterval = TimeSpan.FromMilliseconds(300);

    /// <summary>The shortest time between two requests while no key frame begins.</summary>
    public static readonly TimeSpan MinimumRetry = TimeSpan.FromMilliseconds(200);

    /// <summary>What is added to the round trip before a request is repeated: encoding takes time.</summary>
    public static readonly TimeSpan RetryMargin = TimeSpan.FromMilliseconds(10);

    /// <summary>The shortest time between two requests that one requester has a say in.</summary>
    public static readonly TimeSpan RequesterInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest that the byte budget delays a request, so that nobody waits for a picture for ever.</summary>
    public static readonly TimeSpan MaximumBudgetDelay = TimeSpan.FromSeconds(4);

    /// <summary>Which part of a layer's bitrate key frames may take: 1/5.</summary>
    public const int BudgetDivisor = 5;

    /// <summary>How many key frames may come in advance of the budget.</summary>
    public const int BurstKeyFrames = 2;

    // At least so many bytes a second of budget, for layers whose bitrate is not known yet or tiny (100 kbit/s).
    private const long MinimumBudget = 12_500;
    private const int QuickTries = 5;
    private const int MaximumSlowing = 3;
    private const int RequesterSlots = 64;

    private readonly (long Key, MonotonicTime At)[] _requesters = new (long, MonotonicTime)[RequesterSlots];
    private TimeSpan _retry = TimeSpan.FromMilliseconds(210);
    private long _budgetPerSecond = MinimumBudget;
    private long _spent;
    private MonotonicTime _spentAt;
    private long _keyFrameBytes;
    private long _formerKeyFrameBytes;
    private bool _hasKeyFrame;
    private MonotonicTime _lastStart;
    private bool _isOff;
    private int _tries;

    /// <summary>When <see cref="TakeDue"/> is to be called; <see cref="MonotonicTime.Never"/> when no request is pending.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Whether a request is pending, asked already or not.</summary>
    public bool IsPending => NextDeadline != MonotonicTime.Never;

    /// <summary>Sets the round trip to the publisher.</summary>
    public void SetRoundTrip(TimeSpan roundTrip)
    {
        TimeSpan retry = roundTrip + RetryMargin;
        _retry = retry > MinimumRetry ? retry : MinimumRetry;
    }

    /// <summary>Sets the layer's bitrate in bits a second, from which the byte budget follows.</summary>
    public void SetBitrate(long bitsPerSecond, MonotonicTime now)
    {
        Leak(now);
        _budgetPerSecond = Math.Max(MinimumBudget, bitsPerSecond / 8 / BudgetDivisor);
    }

    /// <summary>Asks for a key frame. True when it was taken or one is pending already; false when the layer is off or this requester asks too often.</summary>
    /// <param name="requester">Who asks: link and subscriber, never 0 for "unknown"; the limiter's key.</param>
    /// <param name="now">The time.</param>
    public bool Request(long requester, MonotonicTime now)
    {
        if (_isOff)
            return false;
        if (IsPending)
            return true;
        ref (long Key, MonotonicTime At) known = ref _requesters[(int)((ulong)(requester * -7046029254386353131L) >> 58)];
        if (known.Key == requester && now - known.At < RequesterInterval)
            return false;
        known = (requester, now);
        _tries = 0;
        NextDeadline = Later(now, EarliestAllowed(now));
        return true;
    }

    /// <summary>Whether to send a request to the publisher now. Afterwards <see cref="NextDeadline"/> is later than <paramref name="now"/>.</summary>
    public bool TakeDue(MonotonicTime now)
    {
        if (NextDeadline > now)
            return false;
        int slowing = Math.Clamp(_tries - QuickTries + 1, 0, MaximumSlowing);
        _tries++;
        NextDeadline = now + (_retry * (1 << slowing));
        return true;
    }

    /// <summary>Notes that a key frame begins: the pending request is satisfied.</summary>
    public void OnKeyFrameStart(MonotonicTime now)
    {
        NextDeadline = MonotonicTime.Never;
        _lastStart = now;
        _hasKeyFrame = true;
        _formerKeyFrameBytes = _keyFrameBytes;
        _keyFrameBytes = 0;
    }

    /// <summary>Counts the bytes of one packet of a key frame.</summary>
    public void OnKeyFrameBytes(int bytes, MonotonicTime now)
    {
        Leak(now);
        _keyFrameBytes += bytes;
        _spent += bytes;
    }

    /// <summary>Drops the pending request while the source is muted or dead, and refuses others.</summary>
    public void SetOff(bool isOff)
    {
        _isOff = isOff;
        if (isOff)
            NextDeadline = MonotonicTime.Never;
    }

    private MonotonicTime EarliestAllowed(MonotonicTime now)
    {
        if (!_hasKeyFrame)
            return now;
        Leak(now);
        long excess = _spent - (Math.Max(_keyFrameBytes, _formerKeyFrameBytes) * BurstKeyFrames);
        TimeSpan delay = excess <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)excess / _budgetPerSecond);
        return Later(_lastStart + MinimumInterval, now + (delay < MaximumBudgetDelay ? delay : MaximumBudgetDelay));
    }

    private void Leak(MonotonicTime now)
    {
        // Whole milliseconds, so that frequent calls do not lose the remainder.
        long milliseconds = now.Milliseconds - _spentAt.Milliseconds;
        _spent = Math.Max(0, _spent - (milliseconds * _budgetPerSecond / 1000));
        _spentAt = now;
    }

    private static MonotonicTime Later(MonotonicTime left, MonotonicTime right) => left > right ? left : right;
}
