using System.Text.Json;
using Parley.Routing.Planning;

namespace Parley.Benchmarks.Planning;

/// <summary>The thirty data-centre cities of docs/examples/world.json, with delays from distance alone, and meetings of people in the world's large cities.</summary>
internal sealed class CityWorld
{
    public CityWorld(string file, int capacity)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        Places = document.RootElement.GetProperty("regions").EnumerateArray().ToDictionary(
            static region => region.GetProperty("id").GetString()!,
            static region => new GeoPoint(region.GetProperty("latitude").GetDouble(), region.GetProperty("longitude").GetDouble()));
        World = new()
        {
            Nodes = [.. Places.Keys.Select(region => new PlanNode { Id = region, Region = region, Capacity = capacity })],
            Delays = GeographicDelays.Table(Places),
            Places = Places,
        };
    }

    public Dictionary<string, GeoPoint> Places { get; }

    public PlanningWorld World { get; }

    /// <summary>A meeting of people around the world, or of people within <paramref name="radius"/> km of one city.</summary>
    public PlanRequest Meeting(Random random, int people, double radius)
    {
        GeoPoint centre = Cities.Draw(random);
        GeoPoint[] homes = new GeoPoint[people];
        for (int person = 0; person < people; person++)
        {
            do
                homes[person] = Cities.Draw(random);
            while (homes[person].DistanceTo(centre) > radius);
        }

        return new()
        {
            AllowedRegions = Places.Keys.ToHashSet(),
            Participants = [.. homes.Select((home, number) => Person(random, number, home))],
        };
    }

    // Each path takes up to a third more or less than distance says.
    private PlanParticipant Person(Random random, int number, GeoPoint home) => new()
    {
        Id = $"p{number:0000}",
        Latitude = home.Latitude,
        Longitude = home.Longitude,
        RoundTrips = Places.ToDictionary(static place => place.Key, place => GeographicDelays.RoundTrip(home, place.Value) * (0.67 + 0.66 * random.NextDouble())),
    };
}
