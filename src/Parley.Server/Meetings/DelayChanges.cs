using Parley.Routing.Planning;

namespace Parley.Server.Meetings;

/// <summary>Tells changes of the network that are worth a new plan from the noise of measuring.</summary>
internal static class DelayChanges
{
    private const double Smallest = 5;
    private const double Share = 0.2;

    /// <summary>Whether other pairs were measured than before, or one is at least 5 ms and a fifth away from what it was.</summary>
    public static bool AreWorthwhile(RegionDelay[] before, RegionDelay[] now)
    {
        if (before.Length != now.Length)
            return true;
        Dictionary<(string From, string To), double> known = before.ToDictionary(static delay => (delay.From, delay.To), static delay => delay.Milliseconds);
        return now.Any(delay => !known.TryGetValue((delay.From, delay.To), out double was) || Math.Abs(delay.Milliseconds - was) > Math.Max(Smallest, was * Share));
    }
}
