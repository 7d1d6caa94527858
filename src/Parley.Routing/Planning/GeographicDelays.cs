namespace Parley.Routing.Planning;

/// <summary>
/// Delays estimated from distance, for the demo and wherever nothing is measured: great-circle distance over the speed of light in fibre, times a detour factor, and a constant.
/// Between data centres the way is straighter than from a person's line: that is why a near node and a relay are estimated as quicker than a far node.
/// </summary>
public static class GeographicDelays
{
    /// <summary>Kilometres that light travels in fibre in a millisecond: two thirds of its speed in vacuum.</summary>
    public const double FibreSpeed = 299.792458 * 2 / 3;

    /// <summary>
    /// How much longer a packet travels between a person and a data centre than light in a fibre along the great circle: the rule of thumb of measurements on the Internet, 2.1 in the median
    /// (Bozkurt et al., "Dissecting Latency in the Internet's Fiber Infrastructure", 2018, arXiv:1811.10737).
    /// </summary>
    public const double DetourFactor = 2.1;

    /// <summary>
    /// The same between two data centres: published round trips between the regions of large clouds (Frankfurt to Virginia about 90 ms, to Mumbai about 120, to Singapore about 155) are 1.4 to 1.8 times the light's.
    /// </summary>
    public const double BackboneDetourFactor = 1.6;

    /// <summary>What each path takes beside distance, in one direction, ms: serialisation and routers.</summary>
    public const double PathConstant = 0.5;

    /// <summary>What a person's access line adds in one direction, ms: assumed; it is the same whatever region is chosen.</summary>
    public const double AccessLine = 5;

    /// <summary>The estimated one-way delay between two regions, ms.</summary>
    public static double Between(GeoPoint from, GeoPoint to) => Path(from, to, BackboneDetourFactor);

    /// <summary>The estimated round trip from a person to a region and back, ms.</summary>
    public static double RoundTrip(GeoPoint person, GeoPoint region) => 2 * (AccessLine + Path(person, region, DetourFactor));

    /// <summary>Estimates for all pairs of <paramref name="places"/> (region to place); <paramref name="measured"/> delays go before them.</summary>
    public static DelayTable Table(IReadOnlyDictionary<string, GeoPoint> places, IEnumerable<RegionDelay>? measured = null)
    {
        DelayTable table = new();
        foreach ((string from, GeoPoint start) in places)
        {
            foreach ((string to, GeoPoint end) in places)
            {
                if (string.CompareOrdinal(from, to) < 0)
                    table.Estimate(new(from, to, Between(start, end)));
            }
        }

        return table.With(measured ?? []);
    }

    private static double Path(GeoPoint from, GeoPoint to, double detour) => PathConstant + from.DistanceTo(to) / FibreSpeed * detour;
}
