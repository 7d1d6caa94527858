namespace Parley.Routing.Planning;

/// <summary>
/// One-way delays between regions in milliseconds. A pair measured in one direction counts for both. Immutable once made.
/// </summary>
public sealed class DelayTable
{
    /// <summary>What counts for a pair that nobody measured, ms: more than the longest way round the Earth is estimated at, so that a measured path always wins.</summary>
    public const double Unknown = 250;

    /// <summary>Between two nodes of one region, ms, unless measured.</summary>
    public const double WithinRegion = 0.5;

    private readonly Dictionary<(string From, string To), double> _delays;
    private readonly HashSet<(string From, string To)> _estimated = [];

    internal DelayTable() => _delays = [];

    /// <summary>A table of these delays; of several for the same pair and direction the last counts.</summary>
    /// <exception cref="ArgumentException">A delay is negative or not a number.</exception>
    public DelayTable(IEnumerable<RegionDelay> delays)
        : this()
    {
        foreach (RegionDelay delay in delays)
            Set(delay);
    }

    private DelayTable(DelayTable other) => (_delays, _estimated) = (new(other._delays), [.. other._estimated]);

    /// <summary>The one-way delay, ms: as measured, else as measured the other way, else <see cref="WithinRegion"/> or <see cref="Unknown"/>.</summary>
    public double Between(string from, string to)
    {
        if (_delays.TryGetValue((from, to), out double delay) || _delays.TryGetValue((to, from), out delay))
            return delay;
        return from == to ? WithinRegion : Unknown;
    }

    /// <summary>Whether the delays of both directions are measured, or of the one that counts for both: nothing in <see cref="Between"/> is an estimate or an assumption.</summary>
    public bool IsMeasured(string from, string to) => IsGiven(from, to) && IsGiven(to, from);

    /// <summary>A new table in which <paramref name="delays"/> go before what this one says, for both directions where they name one.</summary>
    public DelayTable With(IEnumerable<RegionDelay> delays)
    {
        RegionDelay[] newer = [.. delays];
        DelayTable table = new(this);
        foreach (RegionDelay delay in newer)
            table._delays.Remove((delay.To, delay.From));
        foreach (RegionDelay delay in newer)
            table.Set(delay);
        return table;
    }

    internal void Set(RegionDelay delay)
    {
        if (!double.IsFinite(delay.Milliseconds) || delay.Milliseconds < 0)
            throw new ArgumentException($"The delay from {delay.From} to {delay.To} is {delay.Milliseconds}: milliseconds from 0 on are expected.", nameof(delay));
        _delays[(delay.From, delay.To)] = delay.Milliseconds;
        _estimated.Remove((delay.From, delay.To));
    }

    /// <summary>Sets a delay that nobody measured.</summary>
    internal void Estimate(RegionDelay delay)
    {
        Set(delay);
        _estimated.Add((delay.From, delay.To));
    }

    private bool IsGiven(string from, string to) =>
        _delays.ContainsKey((from, to)) ? !_estimated.Contains((from, to)) : _delays.ContainsKey((to, from)) && !_estimated.Contains((to, from));
}
