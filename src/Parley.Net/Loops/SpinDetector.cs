using Parley.Rtc.Primitives;

namespace Parley.Net.Loops;

/// <summary>
/// Guards a loop against an engine whose deadline does not move forward: the second time in a row that it lies in the past after its timeout was handled, handling waits for a
/// doubling while, 1 to 128 ms, instead of taking the whole core.
/// </summary>
internal struct SpinDetector
{
    private const int LargestShift = 7;

    private MonotonicTime _notBefore;
    private int _inARow;

    /// <summary>The time at which a deadline is handled at the earliest.</summary>
    public readonly MonotonicTime NotBefore => _notBefore;

    /// <summary>Takes the deadline that stands after timeouts were handled at <paramref name="now"/>; true when the loop backs off.</summary>
    public bool Observe(MonotonicTime deadline, MonotonicTime now)
    {
        if (deadline > now)
        {
            _inARow = 0;
            _notBefore = MonotonicTime.Zero;
            return false;
        }

        if (++_inARow < 2)
            return false;
        _notBefore = now + TimeSpan.FromMilliseconds(1 << Math.Min(_inARow - 2, LargestShift));
        return true;
    }
}
