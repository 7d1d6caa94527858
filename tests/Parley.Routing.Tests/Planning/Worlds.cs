using CsCheck;
using Parley.Routing.Planning;

namespace Parley.Routing.Tests.Planning;

/// <summary>Random worlds: places on a globe, delays that distance gives times chance, nodes with few or many places, people who reach all regions or some.</summary>
public static class Worlds
{
    private static readonly Gen<GeoPoint> Place = Gen.Select(Gen.Double[-60, 70], Gen.Double[-180, 180], static (north, east) => new GeoPoint(north, east));

    /// <summary>Worlds of up to so many regions, nodes in each, and people.</summary>
    public static Gen<PlannedMeeting> Of(int regions, int nodesEach, int people) =>
        from places in Place.Array[1, regions]
        from homes in Place.Array[1, people]
        from detours in Gen.Double[1, 2.5].Array[places.Length * places.Length]
        from accesses in Gen.Double[0.8, 3].Array[places.Length * homes.Length]
        from reached in Gen.Frequency((8, Gen.Const(true)), (1, Gen.Const(false))).Array[places.Length * homes.Length]
        from nodes in Gen.Int[1, nodesEach].Array[places.Length]
        from capacities in Gen.Frequency((2, Gen.Const(1_000)), (1, Gen.Int[0, 4])).Array[places.Length * nodesEach]
        from allowed in Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false))).Array[places.Length]
        from seats in Gen.Int[-1, places.Length * nodesEach - 1].Array[homes.Length]
        from settled in Gen.Bool
        select Make(places, homes, detours, accesses, reached, nodes, capacities, allowed, settled ? seats : []);

    private static PlannedMeeting Make(
        GeoPoint[] places, GeoPoint[] homes, double[] detours, double[] accesses, bool[] reached, int[] nodes, int[] capacities, bool[] allowed, int[] seats)
    {
        List<PlanNode> all = [];
        List<RegionDelay> delays = [];
        int perRegion = capacities.Length / places.Length;
        for (int region = 0; region < places.Length; region++)
        {
            for (int node = 0; node < nodes[region]; node++)
                all.Add(new() { Id = $"n{region}-{node}", Region = $"r{region}", Capacity = capacities[region * perRegion + node] });
            for (int other = 0; other < region; other++)
                delays.Add(new($"r{region}", $"r{other}", GeographicDelays.Between(places[region], places[other]) * detours[region * places.Length + other] / 1.5));
        }

        PlanParticipant[] people = new PlanParticipant[homes.Length];
        for (int person = 0; person < homes.Length; person++)
        {
            Dictionary<string, double> trips = [];
            for (int region = 0; region < places.Length; region++)
            {
                int pair = person * places.Length + region;
                if (reached[pair])
                    trips[$"r{region}"] = GeographicDelays.RoundTrip(homes[person], places[region]) * accesses[pair] / 1.5;
            }

            int seat = seats.Length == 0 ? -1 : seats[person];
            string? node = seat < 0 ? null : $"n{seat / perRegion}-{seat % perRegion}";
            people[person] = new() { Id = $"p{person:00}", RoundTrips = trips, Node = node };
        }

        return new(
            new() { Nodes = all, Delays = new(delays) },
            new() { AllowedRegions = Enumerable.Range(0, places.Length).Where(region => allowed[region]).Select(region => $"r{region}").ToHashSet(), Participants = people });
    }
}
