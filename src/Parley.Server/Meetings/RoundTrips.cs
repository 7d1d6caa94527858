using Parley.Routing.Regions;
using Parley.Server.Problems;

namespace Parley.Server.Meetings;

/// <summary>What clients say they measured.</summary>
internal static class RoundTrips
{
    private const int Most = 64;
    private const double Longest = 60_000;

    /// <summary>Round trips from outside.</summary>
    /// <exception cref="ProblemException">There are too many, or one is none.</exception>
    public static Dictionary<string, double> Check(Dictionary<string, double>? roundTrips)
    {
        if (roundTrips is null)
            return [];
        if (roundTrips.Count > Most)
            throw Refusals.BadField("roundTrips", $"may name at most {Most} regions.");
        if (roundTrips.Any(static entry => !RegionIds.IsValid(entry.Key) || entry.Value is not (>= 0 and <= Longest)))
            throw Refusals.BadField("roundTrips", $"must give each region's id 0 to {Longest} milliseconds.");
        return roundTrips;
    }
}
