using System.Net;

namespace Parley.Server.Limits;

/// <summary>
/// What each network has left of something: a minute's worth at once, which grows back as time passes. It is reckoned when somebody asks: a timer that tops up, as rate limiters have it, would
/// wake an idle node ten times a second. Networks that have everything are forgotten.
/// </summary>
internal sealed class AddressBudgets(int perMinute, TimeProvider time)
{
    private const int SecondsPerMinute = 60;

    // Looking through all networks costs as much as coming so far.
    private const int FirstSweep = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Budget> _budgets = [];
    private int _sweepAt = FirstSweep;

    /// <summary>How many networks are known.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _budgets.Count;
        }
    }

    /// <summary>Whether a network that is allowed <paramref name="factor"/> times as much has a whole one left.</summary>
    public bool HasAny(IPAddress network, int factor)
    {
        lock (_lock)
            return Left(network, factor, time.GetTimestamp()) >= 1;
    }

    /// <summary>Takes one; false when there is none.</summary>
    public bool TryTake(IPAddress network, int factor)
    {
        lock (_lock)
        {
            long now = time.GetTimestamp();
            double left = Left(network, factor, now);
            if (left < 1)
                return false;
            _budgets[network] = new Budget(left - 1, now, Most(factor));
            if (_budgets.Count >= _sweepAt)
                Sweep(now);
            return true;
        }
    }

    private double Left(IPAddress network, int factor, long now) => _budgets.TryGetValue(network, out Budget budget) ? Left(budget, now) : Most(factor);

    private double Left(in Budget budget, long now) =>
        Math.Min(budget.Most, budget.Left + (time.GetElapsedTime(budget.At, now).TotalSeconds * budget.Most / SecondsPerMinute));

    private int Most(int factor) => Math.Max(1, perMinute * factor);

    private void Sweep(long now)
    {
        foreach ((IPAddress network, Budget budget) in _budgets)
        {
            // Removing while enumerating is allowed.
            if (Left(budget, now) >= budget.Most)
                _budgets.Remove(network);
        }

        _sweepAt = Math.Max(FirstSweep, _budgets.Count * 2);
    }

    private readonly record struct Budget(double Left, long At, int Most);
}
