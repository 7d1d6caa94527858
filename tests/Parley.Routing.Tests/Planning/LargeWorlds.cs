using Parley.Routing.Planning;

namespace Parley.Routing.Tests.Planning;

/// <summary>Large meetings: people in clusters, as cities are, who measured all regions with some noise.</summary>
public static class LargeWorlds
{
    /// <summary>The same for the same seed. Each region has two nodes; with <paramref name="tight"/> they have hardly more places than there are people.</summary>
    public static PlannedMeeting Of(int seed, int regions, int people, bool tight)
    {
        Random random = new(seed);
        GeoPoint[] places = [.. Enumerable.Range(0, regions).Select(_ => Somewhere(random))];
        GeoPoint[] cities = [.. Enumerable.Range(0, 2 * regions).Select(_ => Somewhere(random))];
        int capacity = tight ? (people * 11 / 10 / (2 * regions)) + 1 : people;
        PlanNode[] nodes = [.. Enumerable.Range(0, 2 * regions).Select(node => new PlanNode { Id = $"n{node:00}", Region = $"r{node / 2:00}", Capacity = capacity })];
        Dictionary<string, GeoPoint> named = Enumerable.Range(0, regions).ToDictionary(region => $"r{region:00}", region => places[region]);
        return new(
            new() { Nodes = nodes, Delays = GeographicDelays.Table(named) },
            new() { AllowedRegions = named.Keys.ToHashSet(), Participants = [.. Enumerable.Range(0, people).Select(person => Person(random, person, cities, named))] });
    }

    private static PlanParticipant Person(Random random, int person, GeoPoint[] cities, Dictionary<string, GeoPoint> places)
    {
        // Some cities are many people's.
        GeoPoint home = cities[(int)(cities.Length * Math.Pow(random.NextDouble(), 2))];
        return new()
        {
            Id = $"p{person:0000}",
            RoundTrips = places.ToDictionary(place => place.Key, place => GeographicDelays.RoundTrip(home, place.Value) * (1 + 0.3 * random.NextDouble())),
        };
    }

    private static GeoPoint Somewhere(Random random) => new(-50 + 120 * random.NextDouble(), -180 + 360 * random.NextDouble());
}
