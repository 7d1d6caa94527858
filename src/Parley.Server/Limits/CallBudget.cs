namespace Parley.Server.Limits;

/// <summary>The calls that one connection may make: <see cref="Burst"/> at once, <see cref="PerSecond"/> for long. One caller at a time.</summary>
internal sealed class CallBudget(TimeProvider time)
{
    /// <summary>Calls at once.</summary>
    public const int Burst = 60;

    /// <summary>Calls a second for long.</summary>
    public const int PerSecond = 20;

    private double _left = Burst;
    private long _last = time.GetTimestamp();

    /// <summary>Counts a call; false when it is one too many.</summary>
    public bool TryTake()
    {
        long now = time.GetTimestamp();
        _left = Math.Min(Burst, _left + (time.GetElapsedTime(_last, now).TotalSeconds * PerSecond));
        _last = now;
        if (_left < 1)
            return false;
        _left--;
        return true;
    }
}
