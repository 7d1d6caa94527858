using Parley.Routing.Planning;

namespace Parley.Routing.Tests.Planning;

/// <summary>Plans that one can check by hand.</summary>
public class PlannerTests
{
    private static readonly PlanningWorld Europe = new()
    {
        Nodes = [Node("a", "eu-ams"), Node("f", "eu-fra"), Node("v", "us-iad")],
        Delays = new([new("eu-ams", "eu-fra", 4), new("eu-fra", "us-iad", 45), new("eu-ams", "us-iad", 40)]),
    };

    [Fact]
    public void Somebody_alone_goes_to_the_nearest_node()
    {
        RoutePlan plan = Plan(Europe, ["eu-ams", "eu-fra", "us-iad"], Person("ann", ("eu-ams", 30), ("eu-fra", 12), ("us-iad", 90)));
        Assert.Equal("f", plan.Nodes["ann"]);
        Assert.Empty(plan.Relays);
        Assert.Equal((6, 6, 6), (plan.WorstDelay, plan.MeanDelay, plan.ExpectedDelays["ann"]));
    }

    [Fact]
    public void A_meeting_of_nobody_has_an_empty_plan()
    {
        RoutePlan plan = Plan(Europe, ["eu-ams"]);
        Assert.Empty(plan.Nodes);
        Assert.Empty(plan.Relays);
        Assert.Equal(0, plan.Cost);
    }

    [Fact]
    public void People_on_two_continents_meet_over_one_relay()
    {
        RoutePlan plan = Plan(
            Europe,
            ["eu-ams", "eu-fra", "us-iad"],
            Person("ann", ("eu-ams", 10), ("eu-fra", 30), ("us-iad", 110)),
            Person("bob", ("eu-ams", 12), ("eu-fra", 30), ("us-iad", 110)),
            Person("cyd", ("eu-ams", 110), ("eu-fra", 120), ("us-iad", 8)),
            Person("dee", ("eu-ams", 110), ("eu-fra", 120), ("us-iad", 10)));
        Assert.Equal(["a", "a", "v", "v"], plan.Nodes.OrderBy(pair => pair.Key).Select(pair => pair.Value));
        Assert.Equal([new RelayLeg("a", "v", 40 + PlanCost.RelayHandling)], plan.Relays);
        Assert.Equal(6 + 41.5 + 5, plan.WorstDelay, 1e-9);
    }

    [Fact]
    public void The_fence_wins_over_the_shortest_way()
    {
        RoutePlan plan = Plan(Europe, ["us-iad"], Person("ann", ("eu-fra", 5), ("us-iad", 95)), Person("bob", ("eu-fra", 6), ("us-iad", 95)));
        Assert.All(plan.Nodes.Values, node => Assert.Equal("v", node));
    }

    [Fact]
    public void Who_finds_their_node_full_goes_to_the_next()
    {
        PlanningWorld world = Europe with { Nodes = [Node("a", "eu-ams"), Node("f", "eu-fra", 1)] };
        RoutePlan plan = Plan(world, ["eu-ams", "eu-fra"], Person("ann", ("eu-fra", 5), ("eu-ams", 40)), Person("bob", ("eu-fra", 6), ("eu-ams", 8)));
        Assert.Equal(("f", "a"), (plan.Nodes["ann"], plan.Nodes["bob"]));
    }

    [Fact]
    public void Places_are_made_by_moving_who_can_go_elsewhere()
    {
        PlanningWorld world = Europe with { Nodes = [Node("a", "eu-ams", 1), Node("f", "eu-fra", 1), Node("v", "us-iad", 1)] };
        RoutePlan plan = Plan(
            world,
            ["eu-ams", "eu-fra", "us-iad"],
            Person("ann", ("eu-ams", 5), ("eu-fra", 40)),
            Person("bob", ("eu-fra", 5), ("us-iad", 100)),
            Person("cyd", ("eu-ams", 50)));
        Assert.Equal(("f", "v", "a"), (plan.Nodes["ann"], plan.Nodes["bob"], plan.Nodes["cyd"]));
    }

    [Fact]
    public void Where_nothing_is_measured_distance_decides()
    {
        PlanningWorld world = Europe with { Places = new Dictionary<string, GeoPoint> { ["eu-fra"] = new(50.1, 8.7), ["us-iad"] = new(38.9, -77.4) } };
        RoutePlan plan = Plan(world, ["eu-fra", "us-iad"], new PlanParticipant { Id = "ann", Latitude = 40.7, Longitude = -74 });
        Assert.Equal("v", plan.Nodes["ann"]);
    }

    [Theory]
    [InlineData(true, true, false)]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    public void Delays_are_computed_when_any_part_of_them_is(bool legIsMeasured, bool personIsMeasured, bool isComputed)
    {
        Dictionary<string, GeoPoint> places = new() { ["eu-ams"] = new(52.4, 4.9), ["us-iad"] = new(39, -77.5), ["eu-fra"] = new(50.1, 8.7) };
        RegionDelay[] measured = legIsMeasured ? [new("eu-ams", "us-iad", 40)] : [new("eu-ams", "eu-fra", 4)];
        PlanningWorld world = Europe with { Nodes = [Node("a", "eu-ams", 1), Node("v", "us-iad", 1)], Places = places, Delays = GeographicDelays.Table(places, measured) };
        PlanParticipant bob = personIsMeasured ? Person("bob", ("eu-ams", 110), ("us-iad", 8)) : new PlanParticipant { Id = "bob", Latitude = 40.7, Longitude = -74 };
        RoutePlan plan = Plan(world, ["eu-ams", "us-iad"], Person("ann", ("eu-ams", 10), ("us-iad", 110)), bob);
        Assert.Equal((isComputed, !legIsMeasured), (plan.IsComputed, plan.Relays.Single().IsComputed));
    }

    [Fact]
    public void A_claim_of_an_endless_round_trip_is_cut()
    {
        RoutePlan plan = Plan(Europe, ["eu-ams"], Person("ann", ("eu-ams", 1e300)), Person("bob", ("eu-ams", 20)));
        Assert.Equal(PlanCost.LongestRoundTrip / 2 + 10, plan.WorstDelay);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void A_region_with_an_impossible_round_trip_is_out_of_reach(double claim)
    {
        PlanRefusal refusal = Refusal(Europe, ["eu-ams"], Person("ann", ("eu-ams", claim)));
        Assert.Equal((PlanRefusal.OutOfReach, "ann"), (refusal.Rule, refusal.Participant));
        Assert.Contains("eu-ams", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fence_without_any_region_is_refused() =>
        Assert.Equal(PlanRefusal.NoRegionAllowed, Refusal(Europe, ["ap-tyo"], Person("ann", ("eu-ams", 10))).Rule);

    [Fact]
    public void Too_few_places_are_refused()
    {
        PlanningWorld world = Europe with { Nodes = [Node("a", "eu-ams", 1), Node("f", "eu-fra", -3)] };
        Assert.Equal(PlanRefusal.NoCapacity, Refusal(world, ["eu-ams", "eu-fra"], Person("ann", ("eu-ams", 10), ("eu-fra", 10)), Person("bob", ("eu-ams", 10), ("eu-fra", 10))).Rule);
    }

    [Fact]
    public void An_id_that_is_listed_twice_is_a_mistake_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => Plan(Europe, ["eu-ams"], Person("ann", ("eu-ams", 1)), Person("ann", ("eu-ams", 1))));
        Assert.Throws<ArgumentException>(() => Plan(Europe with { Nodes = [Node("a", "eu-ams"), Node("a", "eu-ams")] }, ["eu-ams"]));
    }

    [Fact]
    public void What_people_suggest_is_measured_by_the_same_rule_and_refused_when_it_cannot_be()
    {
        PlanRequest request = new() { AllowedRegions = new HashSet<string> { "eu-ams", "eu-fra" }, Participants = [Person("ann", ("eu-ams", 10), ("eu-fra", 20)), Person("bob", ("eu-fra", 30))] };
        RoutePlan? apart = Planner.Evaluate(Europe, request, new Dictionary<string, string> { ["ann"] = "a", ["bob"] = "f" });
        Assert.Equal(5 + 15 + 4 + PlanCost.RelayHandling, apart!.WorstDelay, 1e-9);
        Assert.Null(Planner.Evaluate(Europe, request, new Dictionary<string, string> { ["ann"] = "a", ["bob"] = "a" }));
        Assert.Null(Planner.Evaluate(Europe, request, new Dictionary<string, string> { ["ann"] = "v", ["bob"] = "f" }));
        Assert.Null(Planner.Evaluate(Europe, request, new Dictionary<string, string> { ["ann"] = "a" }));
    }

    private static RoutePlan Plan(PlanningWorld world, string[] allowed, params PlanParticipant[] people)
    {
        RoutePlan? plan = Planner.Plan(world, new() { AllowedRegions = allowed.ToHashSet(), Participants = people }, out PlanRefusal? refusal);
        Assert.True(plan is not null, refusal?.Sentence);
        return plan;
    }

    private static PlanRefusal Refusal(PlanningWorld world, string[] allowed, params PlanParticipant[] people)
    {
        Assert.Null(Planner.Plan(world, new() { AllowedRegions = allowed.ToHashSet(), Participants = people }, out PlanRefusal? refusal));
        return refusal!;
    }

    private static PlanNode Node(string id, string region, int capacity = 100) => new() { Id = id, Region = region, Capacity = capacity };

    private static PlanParticipant Person(string id, params (string Region, double RoundTrip)[] trips) => new() { Id = id, RoundTrips = trips.ToDictionary(trip => trip.Region, trip => trip.RoundTrip) };
}
