using System.Collections.Concurrent;

namespace Parley.NetLab.Scenarios;

/// <summary>What people missed, over many scenarios: by what happened, for those who moved and for those who did not.</summary>
public sealed class GapRecord : IDisposable
{
    private readonly ConcurrentDictionary<(string What, bool Moved), ConcurrentBag<double>> _missed = new();

    internal void Add(string what, List<Gap> gaps, long since)
    {
        foreach (Gap gap in gaps)
            _missed.GetOrAdd((what, gap.IsOfMoved(since)), static _ => []).Add(gap.Milliseconds);
    }

    /// <summary>Prints the table.</summary>
    public void Dispose()
    {
        Console.WriteLine("what happened | who | pictures | p50 ms | p95 ms | p99 ms | most ms");
        foreach (((string what, bool moved), ConcurrentBag<double> missed) in _missed.OrderBy(static entry => entry.Key.What, StringComparer.Ordinal).ThenByDescending(static entry => entry.Key.Moved))
            Console.WriteLine($"{what} | {(moved ? "moved" : "others")} | {missed.Count} | {GapFigures.Percentile(missed, 0.5):0} | {GapFigures.Percentile(missed, 0.95):0} | {GapFigures.Percentile(missed, 0.99):0} | {missed.Max():0}");
    }

    /// <summary>The value below which a share of what was missed lies, ms; 0 when nothing of the kind happened.</summary>
    internal double Percentile(string what, bool moved, double share) => GapFigures.Percentile(_missed.GetValueOrDefault((what, moved)) ?? [], share);
}
