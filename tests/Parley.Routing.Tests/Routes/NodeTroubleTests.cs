using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Routes;

public class NodeTroubleTests
{
    [Fact]
    public void A_dead_nodes_people_move_at_once()
    {
        RouteBench bench = new();
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        bench.Route.NodeState("n-eu-fra", null, bench.Now);
        bench.Answer();
        Assert.Contains(bench.History, static action => action is MoveParticipant { Participant: "ada", Reason: MoveReason.NodeLost });
        Assert.NotEqual("n-eu-fra", bench.NodeOf("ada"));
    }

    [Fact]
    public void With_no_node_left_the_meeting_ends_with_the_reason()
    {
        RouteBench bench = new();
        bench.Route.EditFence(new FenceEdit(GeofenceScope.Meeting, new Geofence { Allow = ["country:DE"] }), bench.Now);
        bench.Join("ada");
        bench.Route.NodeState("n-eu-fra", null, bench.Now);
        bench.Answer();
        RouteRefusal refusal = bench.History.OfType<EndParticipant>().Single().Refusal;
        Assert.Equal((RouteRules.NoRegionAllowed, GeofenceScope.Meeting), (refusal.Rule, refusal.Scope!.Value));
        Assert.Equal("No node runs in any region that the geofence allows. The host's rule 'only within DE' leaves out Paris (FR).", refusal.Sentence);
    }

    [Fact]
    public void A_grant_is_renewed_every_ten_seconds_with_a_higher_serial()
    {
        RouteBench bench = new();
        bench.Join("ada");
        bench.Pass(35_000);
        long[] serials = [.. bench.History.OfType<IssueGrant>().Select(static action => action.Grant.Serial)];
        Assert.Equal(4, serials.Length);
        Assert.Equal(serials.Order().Distinct(), serials);
    }

    [Fact]
    public void A_node_that_does_not_answer_is_planned_around_after_two_seconds()
    {
        RouteBench bench = new();
        bench.Silent.Add("n-eu-fra");
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        bench.Pass(1_999);
        Assert.Null(bench.DecisionOn("ada"));
        Assert.InRange(bench.History.OfType<IssueGrant>().Count(), 3, 4);
        bench.Pass(1);
        Assert.Equal(JoinOutcome.Admitted, bench.DecisionOn("ada")!.Outcome);
        Assert.NotEqual("n-eu-fra", bench.NodeOf("ada"));
    }

    [Fact]
    public void A_node_that_refuses_a_grant_is_planned_around_at_once()
    {
        RouteBench bench = new();
        bench.Silent.Add("n-eu-fra");
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        bench.Route.GrantAnswered("n-eu-fra", bench.History.OfType<IssueGrant>().Single().Grant.Serial, new GrantRefusal("grant-stale", "The grant is too old."), bench.Now);
        bench.Answer();
        Assert.NotEqual("n-eu-fra", bench.NodeOf("ada"));
    }

    [Fact]
    public void A_grant_that_cannot_be_renewed_moves_its_people_before_it_ends()
    {
        RouteBench bench = new();
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        bench.Silent.Add("n-eu-fra");
        bench.Pass(23_999);
        Assert.Equal("n-eu-fra", bench.NodeOf("ada"));
        bench.Pass(1_001);
        Assert.NotEqual("n-eu-fra", bench.NodeOf("ada"));
    }

    [Fact]
    public void The_only_node_is_not_given_up_while_its_grant_holds()
    {
        RouteBench bench = new(Worlds.Make(Worlds.Frankfurt));
        bench.Join("ada");
        bench.Silent.Add("n-eu-fra");
        bench.Pass(29_000);
        Assert.Equal("n-eu-fra", bench.NodeOf("ada"));
        bench.Pass(5_000);
        Assert.Equal(RouteRules.NoRegionAllowed, bench.History.OfType<EndParticipant>().Single().Refusal.Rule);
    }

    [Fact]
    public void The_only_node_is_asked_on_though_it_is_silent_at_first()
    {
        RouteBench bench = new(Worlds.Make(Worlds.Frankfurt));
        bench.Silent.Add("n-eu-fra");
        bench.Join("ada");
        bench.Pass(8_000);
        Assert.Null(bench.DecisionOn("ada"));
        Assert.InRange(bench.History.OfType<IssueGrant>().Count(), 9, 13);
        bench.Silent.Clear();
        bench.Pass(800);
        Assert.Equal(JoinOutcome.Admitted, bench.DecisionOn("ada")!.Outcome);
    }

    [Fact]
    public void The_last_node_left_gets_the_time_that_its_silence_needs()
    {
        RouteBench bench = new(Worlds.Make(Worlds.Frankfurt, Worlds.Paris));
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-par"));
        bench.Silent.Add("n-eu-fra");
        bench.Route.NodeState("n-eu-par", null, bench.Now);
        bench.Pass(RouteTimes.LastHope - 1_000);
        Assert.Empty(bench.History.OfType<EndParticipant>());
        bench.Silent.Clear();
        bench.Pass(800);
        Assert.Equal("n-eu-fra", bench.Route.NodeOf("ada", bench.Now));
        Assert.Empty(bench.History.OfType<EndParticipant>());
    }

    [Fact]
    public void A_node_that_was_given_up_is_tried_again_when_no_other_is_left()
    {
        RouteBench bench = new(Worlds.Make(Worlds.Frankfurt, Worlds.Paris));
        bench.Silent.Add("n-eu-fra");
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        bench.Pass(2_500);
        Assert.Equal("n-eu-par", bench.NodeOf("ada"));
        bench.Silent.Clear();
        bench.Route.NodeState("n-eu-par", null, bench.Now);
        bench.Pass(800);
        Assert.Equal("n-eu-fra", bench.Route.NodeOf("ada", bench.Now));
        Assert.Empty(bench.History.OfType<EndParticipant>());
    }

    [Fact]
    public void A_late_answer_to_a_grant_that_was_revoked_since_proves_nothing()
    {
        RouteBench bench = new(Worlds.Make(Worlds.Frankfurt, Worlds.Paris));
        bench.Silent.Add("n-eu-fra");
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        bench.Pass(2_500);
        bench.Route.NodeState("n-eu-par", null, bench.Now);
        bench.Answer();
        IssueGrant[] grants = [.. bench.History.OfType<IssueGrant>().Where(static issue => issue.Grant.Node == "n-eu-fra")];
        bench.Route.GrantAnswered("n-eu-fra", grants[0].Grant.Serial, null, bench.Now);
        Assert.Null(bench.Route.NodeOf("ada", bench.Now));
        bench.Route.GrantAnswered("n-eu-fra", grants[^1].Grant.Serial, null, bench.Now);
        Assert.Equal("n-eu-fra", bench.Route.NodeOf("ada", bench.Now));
    }

    [Fact]
    public void The_last_node_is_given_up_when_it_dies_or_stays_silent()
    {
        RouteBench silent = new(Worlds.Make(Worlds.Frankfurt));
        silent.Silent.Add("n-eu-fra");
        silent.Join("ada");
        silent.Pass(RouteTimes.LastHope + RouteTimes.Answer);
        Assert.Equal(RouteRules.NoRegionAllowed, silent.DecisionOn("ada")!.Refusal!.Rule);

        RouteBench dead = new(Worlds.Make(Worlds.Frankfurt));
        dead.Silent.Add("n-eu-fra");
        dead.Join("ada");
        dead.Pass(3_000);
        dead.Route.NodeState("n-eu-fra", null, dead.Now);
        dead.Answer();
        Assert.Equal(RouteRules.NoRegionAllowed, dead.DecisionOn("ada")!.Refusal!.Rule);
    }

    [Fact]
    public void The_only_node_is_given_up_at_once_when_it_refuses()
    {
        RouteBench bench = new(Worlds.Make(Worlds.Frankfurt));
        bench.Silent.Add("n-eu-fra");
        bench.Join("ada");
        bench.Route.GrantAnswered("n-eu-fra", bench.History.OfType<IssueGrant>().Single().Grant.Serial, new GrantRefusal("grant-operator-fence", "The operator's rule excludes it."), bench.Now);
        bench.Answer();
        Assert.Equal(RouteRules.NoRegionAllowed, bench.DecisionOn("ada")!.Refusal!.Rule);
    }

    [Fact]
    public void A_node_that_knows_higher_serials_is_caught_up_with()
    {
        RouteBench bench = new();
        bench.Silent.Add("n-eu-fra");
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        long first = bench.History.OfType<IssueGrant>().Single().Grant.Serial;
        bench.Route.GrantAnswered("n-eu-fra", first, new GrantRefusal(GrantRefusal.Superseded, "A newer grant was seen before."), bench.Now);
        bench.Silent.Clear();
        bench.Pass(10);
        Assert.True(bench.History.OfType<IssueGrant>().Last().Grant.Serial > first + 120_000);
        Assert.Equal("n-eu-fra", bench.NodeOf("ada"));
    }

    [Fact]
    public void A_node_that_lost_its_grant_gets_another()
    {
        RouteBench bench = new();
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        bench.Route.GrantEnded("n-eu-fra", bench.Now);
        Assert.Null(bench.Route.NodeOf("ada", bench.Now));
        bench.Answer();
        Assert.Equal("n-eu-fra", bench.Route.NodeOf("ada", bench.Now));
        Assert.Contains(bench.History, static action => action is MoveParticipant { Participant: "ada", Node: "n-eu-fra" });
    }

    [Fact]
    public void A_region_that_leaves_the_directory_while_it_carries_is_left_at_once()
    {
        RouteBench bench = new();
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-par"));
        Assert.Equal("n-eu-par", bench.NodeOf("ada"));
        bench.Route.Use(Worlds.Make(Worlds.Frankfurt, Worlds.Virginia) with { Version = 2 }, bench.Now);
        bench.Answer();
        Assert.Equal("n-eu-fra", bench.NodeOf("ada"));
        Assert.Contains(bench.History, static action => action is IssueRevocation { Grant.Node: "n-eu-par" });
    }

    [Fact]
    public void A_directory_without_the_home_ends_the_meeting_with_the_reason()
    {
        RouteBench bench = new();
        bench.Join("ada");
        bench.Route.Use(Worlds.Make(Worlds.Paris, Worlds.Virginia) with { Version = 2 }, bench.Now);
        bench.Answer();
        RouteRefusal refusal = bench.History.OfType<EndParticipant>().Single().Refusal;
        Assert.Equal(RouteRules.HomeOutsideFence, refusal.Rule);
        Assert.Contains("The directory does not know the region eu-fra.", refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_restart_a_forbidden_node_must_confirm_before_anybody_is_admitted()
    {
        RouteBench bench = new(options: new MeetingRouteOptions { Meeting = "eu-fra-k3v", Issuer = "n-eu-fra", Former = new RouteMemory { Nodes = ["n-us-iad", "n-eu-par"] } });
        bench.Silent.Add("n-us-iad");
        Assert.Equal(JoinOutcome.Tightening, bench.Join("ada", "DE", new Geofence { Deny = ["country:US"] }).Outcome);
        bench.Pass(35_000);
        Assert.Null(bench.DecisionOn("ada"));
        bench.Pass(1_000);
        Assert.Equal(JoinOutcome.Admitted, bench.DecisionOn("ada")!.Outcome);
    }

    [Fact]
    public void After_a_restart_a_confirmation_is_enough()
    {
        RouteBench bench = new(options: new MeetingRouteOptions { Meeting = "eu-fra-k3v", Issuer = "n-eu-fra", Former = new RouteMemory { Nodes = ["n-us-iad", "n-eu-par"] } });
        bench.Join("ada", "DE", new Geofence { Deny = ["country:US"] });
        bench.Pass(100);
        Assert.Equal(JoinOutcome.Admitted, bench.DecisionOn("ada")!.Outcome);
        Assert.Equal(["n-us-iad"], bench.History.OfType<IssueRevocation>().Select(static action => action.Grant.Node));
    }

    [Fact]
    public void When_a_meeting_ends_after_a_restart_all_that_were_granted_it_before_are_told_until_they_confirm()
    {
        RouteBench bench = new(options: new MeetingRouteOptions { Meeting = "eu-fra-k3v", Issuer = "n-eu-fra", Former = new RouteMemory { Nodes = ["n-us-iad", "n-eu-par"] } });
        bench.Join("ada", "DE");
        bench.Pass(100);
        Assert.DoesNotContain(bench.History, static action => action is IssueRevocation);
        bench.Silent.Add("n-us-iad");
        bench.Route.End(bench.Now);
        bench.Route.Leave("ada", bench.Now);
        bench.Pass(5_000);
        Assert.Contains(bench.History, static action => action is IssueRevocation { Grant.Node: "n-eu-par" });
        Assert.True(bench.History.Count(static action => action is IssueRevocation { Grant.Node: "n-us-iad" }) > 1);
        Assert.Equal(["n-us-iad"], bench.Route.Memory.Nodes);
        bench.Pass(31_000);
        Assert.Empty(bench.Route.Memory.Nodes);
        Assert.Equal(long.MaxValue, bench.Route.NextDeadline);
    }

    [Fact]
    public void A_node_that_never_held_a_grant_hears_nothing_of_the_meeting()
    {
        RouteBench bench = new();
        bench.Join("ada", "DE", new Geofence { Deny = ["country:US"] });
        bench.Pass(60_000);
        Assert.DoesNotContain(bench.History, static action => action is IssueGrant { Grant.Node: "n-us-iad" } or IssueRevocation { Grant.Node: "n-us-iad" });
    }

    [Fact]
    public void A_plan_that_leads_outside_is_none()
    {
        MeetingRouteOptions options = new() { Meeting = "eu-fra-k3v", Issuer = "n-eu-fra" };
        RouteBench bench = new(options: options with
        {
            Planner = (Parley.Routing.Planning.PlanningWorld world, Parley.Routing.Planning.PlanRequest request, out Parley.Routing.Planning.PlanRefusal? refusal) =>
                options.Planner(world, request with { AllowedRegions = new HashSet<string> { "us-iad" } }, out refusal),
        });
        JoinDecision decision = bench.Join("ada", "DE", new Geofence { Deny = ["country:US"] });
        Assert.Equal((JoinOutcome.Refused, RouteRules.NoRegionAllowed), (decision.Outcome, decision.Refusal!.Rule));
        Assert.Empty(bench.History.OfType<IssueGrant>());
    }

    [Fact]
    public void A_meeting_needs_a_home_in_its_id() =>
        Assert.Throws<ArgumentException>(static () => new MeetingRoute(new MeetingRouteOptions { Meeting = "k3v", Issuer = "n-eu-fra" }, Worlds.Make(Worlds.Frankfurt), default));
}
