namespace Parley.Routing.Planning;

/// <summary>Half the round trips of one participant to the allowed regions.</summary>
internal static class ReachedRegions
{
    /// <summary>Fills <paramref name="halves"/>, infinite where a region is out of reach; false when all are.</summary>
    public static bool Read(PlanParticipant person, string[] regions, IReadOnlyDictionary<string, GeoPoint> places, Span<double> halves)
    {
        if (person.IsComputed)
        {
            Estimate(person, regions, places, halves);
            return true;
        }

        bool any = false;
        for (int region = 0; region < regions.Length; region++)
        {
            bool reached = person.RoundTrips.TryGetValue(regions[region], out double roundTrip) && double.IsFinite(roundTrip) && roundTrip >= 0;
            halves[region] = reached ? Math.Min(roundTrip, PlanCost.LongestRoundTrip) / 2 : double.PositiveInfinity;
            any |= reached;
        }

        return any;
    }

    private static void Estimate(PlanParticipant person, string[] regions, IReadOnlyDictionary<string, GeoPoint> places, Span<double> halves)
    {
        GeoPoint? home = person is { Latitude: { } latitude, Longitude: { } longitude } ? new(latitude, longitude) : null;
        for (int region = 0; region < regions.Length; region++)
        {
            if (home is not { IsValid: true } start)
                halves[region] = PlanCost.UnknownRoundTrip / 2;
            else if (places.TryGetValue(regions[region], out GeoPoint place) && place.IsValid)
                halves[region] = GeographicDelays.RoundTrip(start, place) / 2;
            else
                halves[region] = DelayTable.Unknown;
        }
    }
}
