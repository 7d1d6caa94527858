using Parley.Routing.Planning;

namespace Parley.Routing.Tests.Planning;

/// <summary>Mouth-to-ear delays of all pairs, worked out leg by leg from the plan and the world alone, without anything of the planner.</summary>
public static class PairDelays
{
    public static IEnumerable<double> Of(PlannedMeeting meeting, RoutePlan plan)
    {
        Dictionary<string, string> regionOf = meeting.World.Nodes.ToDictionary(node => node.Id, node => node.Region);
        IReadOnlyList<PlanParticipant> people = meeting.Request.Participants;
        for (int a = 0; a < people.Count; a++)
        {
            for (int b = a + 1; b < people.Count; b++)
            {
                (string from, string to) = (plan.Nodes[people[a].Id], plan.Nodes[people[b].Id]);
                yield return Half(people[a], regionOf[from]) + Half(people[b], regionOf[to]) + Way(meeting.World, plan, regionOf, from, to, "")!.Value;
            }
        }
    }

    private static double Half(PlanParticipant person, string region) => person.RoundTrips.GetValueOrDefault(region, PlanCost.UnknownRoundTrip) / 2;

    private static double? Way(PlanningWorld world, RoutePlan plan, Dictionary<string, string> regionOf, string from, string to, string cameFrom)
    {
        if (from == to)
            return 0;
        foreach (RelayLeg leg in plan.Relays.Where(leg => leg.From == from || leg.To == from))
        {
            string next = leg.From == from ? leg.To : leg.From;
            if (next != cameFrom && Way(world, plan, regionOf, next, to, from) is { } rest)
            {
                double there = world.Delays.Between(regionOf[from], regionOf[next]);
                double back = world.Delays.Between(regionOf[next], regionOf[from]);
                return rest + (there + back) / 2 + PlanCost.RelayHandling;
            }
        }

        return null;
    }
}
