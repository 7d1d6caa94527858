namespace Parley.Server.Encryption;

/// <summary>An allowance that fills again with time. Told the time; one caller at a time.</summary>
/// <param name="burst">What can be taken at once.</param>
/// <param name="perSecond">What comes back each second.</param>
internal sealed class TokenBudget(double burst, double perSecond)
{
    private double _taken;
    private long _last = long.MinValue;

    /// <summary>Takes an amount; false, and nothing taken, when there is not so much.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="now">Milliseconds of a clock that never jumps.</param>
    public bool TryTake(double amount, long now)
    {
        if (_last != long.MinValue)
            _taken = Math.Max(0, _taken - ((now - _last) * perSecond / 1000));
        _last = now;
        if (_taken + amount > burst)
            return false;
        _taken += amount;
        return true;
    }
}
