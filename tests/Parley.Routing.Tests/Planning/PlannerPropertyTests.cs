using CsCheck;
using Parley.Routing.Planning;

namespace Parley.Routing.Tests.Planning;

/// <summary>What holds for every plan, over random worlds.</summary>
public class PlannerPropertyTests
{
    private const int Iterations = 400;

    private static readonly Gen<PlannedMeeting> Meetings = Worlds.Of(regions: 6, nodesEach: 3, people: 10);

    [Fact]
    public void Everyone_is_on_a_node_of_an_allowed_region_that_they_reach() => ForEachPlan(static (meeting, plan) =>
    {
        Assert.Equal(meeting.Request.Participants.Select(person => person.Id).Order(), plan.Nodes.Keys.Order());
        foreach (PlanParticipant person in meeting.Request.Participants)
        {
            string region = meeting.World.Nodes.Single(node => node.Id == plan.Nodes[person.Id]).Region;
            Assert.Contains(region, meeting.Request.AllowedRegions);
            Assert.True(person.RoundTrips.Count == 0 || person.RoundTrips.ContainsKey(region));
        }
    });

    [Fact]
    public void No_node_carries_more_people_than_it_has_places() => ForEachPlan(static (meeting, plan) =>
    {
        foreach (IGrouping<string, string> used in plan.Nodes.Values.GroupBy(node => node))
            Assert.True(used.Count() <= meeting.World.Nodes.Single(node => node.Id == used.Key).Capacity);
    });

    [Fact]
    public void Relays_are_a_tree_over_exactly_the_nodes_in_use() => ForEachPlan(static (_, plan) =>
    {
        string[] used = [.. plan.Nodes.Values.Distinct()];
        Assert.Equal(used.Length - 1, plan.Relays.Count);
        Dictionary<string, string> group = used.ToDictionary(node => node);
        foreach (RelayLeg leg in plan.Relays)
        {
            Assert.True(string.CompareOrdinal(leg.From, leg.To) < 0);
            (string kept, string joined) = (group[leg.From], group[leg.To]);
            Assert.NotEqual(kept, joined);
            foreach (string node in used.Where(node => group[node] == joined))
                group[node] = kept;
        }
    });

    [Fact]
    public void The_delays_it_promises_are_those_of_its_paths() => ForEachPlan(static (meeting, plan) =>
    {
        double[] delays = [.. PairDelays.Of(meeting, plan)];
        if (delays.Length == 0)
            return;
        Assert.Equal(delays.Max(), plan.WorstDelay, 1e-6);
        Assert.Equal(delays.Average(), plan.MeanDelay, 1e-6);
        Assert.Equal(delays.Average(), plan.ExpectedDelays.Values.Average(), 1e-6);
        Assert.Equal(PlanCost.Of(plan.WorstDelay, plan.MeanDelay, plan.Moves), plan.Cost, 1e-9);
    });

    [Fact]
    public void Moves_are_the_people_who_were_elsewhere() => ForEachPlan(static (meeting, plan) =>
        Assert.Equal(meeting.Request.Participants.Count(person => person.Node is { } node && node != plan.Nodes[person.Id]), plan.Moves));

    [Fact]
    public void Forbidden_regions_might_as_well_not_exist() => ForEachPlan(static (meeting, plan) =>
    {
        PlanningWorld without = meeting.World with { Nodes = [.. meeting.World.Nodes.Where(node => meeting.Request.AllowedRegions.Contains(node.Region))] };
        Same(plan, (meeting with { World = without }).Plan(out _));
    });

    [Fact]
    public void Forbidden_regions_are_not_even_read() => ForEachPlan(static (meeting, plan) =>
    {
        IEnumerable<PlanParticipant> watched = meeting.Request.Participants.Select(person => person with { RoundTrips = new FencedDictionary(person.RoundTrips, meeting.Request.AllowedRegions) });
        Same(plan, (meeting with { Request = meeting.Request with { Participants = [.. watched] } }).Plan(out _));
    });

    [Fact]
    public void The_order_of_the_input_does_not_matter() => ForEachPlan(static (meeting, plan) =>
    {
        PlanningWorld world = meeting.World with { Nodes = [.. meeting.World.Nodes.Reverse()] };
        PlanRequest request = meeting.Request with { Participants = [.. meeting.Request.Participants.Reverse()] };
        Same(plan, Planner.Plan(world, request, out _));
    });

    [Fact]
    public void Planning_again_changes_nothing() => ForEachPlan(static (meeting, plan) =>
    {
        RoutePlan? again = meeting.Settled(plan).Plan(out _);
        Assert.NotNull(again);
        Assert.Equal(0, again.Moves);
        Assert.Equal(plan.Relays, again.Relays);
    });

    [Fact]
    public void A_refusal_names_its_rule_and_is_right() => Meetings.Sample(static meeting =>
    {
        RoutePlan? plan = meeting.Plan(out PlanRefusal? refusal);
        Assert.Equal(plan is null, refusal is not null);
        if (refusal is null)
            return;
        PlanNode[] allowed = [.. meeting.World.Nodes.Where(node => meeting.Request.AllowedRegions.Contains(node.Region))];
        string expected = allowed.Length == 0 ? PlanRefusal.NoRegionAllowed
            : meeting.Request.Participants.Any(person => !allowed.Any(node => person.RoundTrips.Count == 0 || person.RoundTrips.ContainsKey(node.Region))) ? PlanRefusal.OutOfReach
            : PlanRefusal.NoCapacity;
        Assert.Equal(expected, refusal.Rule);
        Assert.Equal(expected == PlanRefusal.OutOfReach, refusal.Participant is not null);
        Assert.EndsWith(".", refusal.Sentence, StringComparison.Ordinal);
    }, iter: Iterations);

    internal static void Same(RoutePlan expected, RoutePlan? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Nodes.OrderBy(pair => pair.Key), actual.Nodes.OrderBy(pair => pair.Key));
        Assert.Equal(expected.Relays, actual.Relays);
        Assert.Equal(expected.Cost, actual.Cost, 1e-9);
    }

    private static void ForEachPlan(Action<PlannedMeeting, RoutePlan> check)
    {
        int plans = 0;
        Meetings.Sample(meeting =>
        {
            if (meeting.Plan(out _) is not { } plan)
                return;
            Interlocked.Increment(ref plans);
            check(meeting, plan);
        }, iter: Iterations);
        Assert.True(plans > Iterations / 2, $"only {plans} worlds had a plan");
    }
}
