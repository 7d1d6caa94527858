namespace Parley.Net.Loops;

/// <summary>
/// Coalesces wake-ups: between two turns of the loop only the first signal costs a system call. A producer publishes its work, then signals; the loop resets, then looks for work:
/// the full fences on both sides leave no order in which work is missed.
/// </summary>
internal sealed class WakeLatch(IWakePort port)
{
    private int _signalled;
    private int _timeoutRequested;

    /// <summary>Wakes the loop, from any thread.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
            port.Raise();
    }

    /// <summary>Wakes the loop and asks it to handle timeouts, from any thread.</summary>
    public void RequestTimeout()
    {
        Volatile.Write(ref _timeoutRequested, 1);
        Signal();
    }

    /// <summary>Lets the next signal through; the loop calls it after waiting and before it looks for work.</summary>
    public void Reset() => Interlocked.Exchange(ref _signalled, 0);

    /// <summary>Whether timeouts were asked for since the last call.</summary>
    public bool TakeTimeoutRequest() =>
        Volatile.Read(ref _timeoutRequested) != 0 && Interlocked.Exchange(ref _timeoutRequested, 0) != 0;
}
