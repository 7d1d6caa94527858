using Parley.Routing.Geofences;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Routes;

/// <summary>Who may tighten, and in which order it happens (I3).</summary>
public class TighteningTests
{
    private static readonly Geofence NotThroughUs = new() { Deny = ["country:US"] };

    [Fact]
    public void A_fence_that_costs_somebody_more_than_the_limit_needs_the_host()
    {
        RouteBench bench = WithBobInVirginia(europe: 400, host: true);

        JoinDecision decision = bench.Join("eve", "FR", NotThroughUs);

        Assert.Equal(JoinOutcome.HostAsked, decision.Outcome);
        RouteConsequences consequences = bench.History.OfType<AskHost>().Single().Request.Consequences;
        Assert.Equal(["bob"], consequences.Moves);
        Assert.Empty(consequences.CouldNotStay);
        Assert.InRange(consequences.LargestGrowth, 100, 400);
        Assert.Equal("n-us-iad", bench.NodeOf("bob"));
        Assert.True(bench.Route.Preview(new JoinWish { Participant = "eve", Country = "FR", Fence = NotThroughUs }).NeedsHost);

        bench.Route.HostDecides(decision.Request!.Id, true, bench.Now);
        bench.Pass(500);
        Assert.Equal(JoinOutcome.Admitted, bench.DecisionOn("eve")!.Outcome);
        Assert.Equal("n-eu-fra", bench.NodeOf("bob"));
    }

    [Fact]
    public void The_limit_is_the_hosts_setting()
    {
        RouteBench bench = WithBobInVirginia(europe: 400, host: true);
        bench.Route.TightenLimit = 1_000;
        Assert.Equal(JoinOutcome.Tightening, bench.Join("eve", "FR", NotThroughUs).Outcome);
    }

    [Fact]
    public void Without_a_host_the_newcomer_learns_what_stands_in_the_way()
    {
        RouteRefusal refusal = WithBobInVirginia(europe: 400, host: false).Join("eve", "FR", NotThroughUs).Refusal!;
        Assert.Equal((RouteRules.TightenNeedsHost, GeofenceScope.Participant), (refusal.Rule, refusal.Scope!.Value));
        Assert.Matches(@"^With your rule somebody's delay would grow by \d+ ms, which is more than the 100 ms that this meeting lets a newcomer add\. Only a host can agree to that, and none is here\.$", refusal.Sentence);
    }

    [Fact]
    public void Somebody_who_reaches_nothing_else_would_have_to_leave_and_that_is_said()
    {
        RouteBench bench = WithBobInVirginia(europe: null, host: false);
        RouteRefusal refusal = bench.Join("eve", "FR", NotThroughUs).Refusal!;
        Assert.Equal("With your rule one person would have to leave, since they reach no region that would be allowed. Only a host can agree to that, and none is here.", refusal.Sentence);
    }

    [Fact]
    public void A_host_who_accepts_ends_the_meeting_for_whoever_reaches_nothing_with_the_rule()
    {
        RouteBench bench = WithBobInVirginia(europe: null, host: true);
        JoinDecision asked = bench.Join("eve", "FR", NotThroughUs);
        Assert.Equal(["bob"], asked.Request!.Consequences.CouldNotStay);
        bench.Route.HostDecides(asked.Request.Id, true, bench.Now);
        bench.Pass(500);
        RouteRefusal ended = bench.History.OfType<EndParticipant>().Single().Refusal;
        Assert.Equal((RouteRules.OutOfReach, GeofenceScope.Participant), (ended.Rule, ended.Scope!.Value));
        Assert.EndsWith(" Another participant's own rule excludes region us-iad.", ended.Sentence, StringComparison.Ordinal);
        Assert.Equal(JoinOutcome.Admitted, bench.DecisionOn("eve")!.Outcome);
    }

    [Fact]
    public void A_host_may_refuse()
    {
        RouteBench bench = WithBobInVirginia(europe: 400, host: true);
        bench.Route.HostDecides(bench.Join("eve", "FR", NotThroughUs).Request!.Id, false, bench.Now);
        bench.Answer();
        Assert.Equal(RouteRules.TightenRefused, bench.DecisionOn("eve")!.Refusal!.Rule);
        Assert.Equal("n-us-iad", bench.NodeOf("bob"));
    }

    [Fact]
    public void A_silent_host_is_not_waited_for_longer_than_a_minute()
    {
        RouteBench bench = WithBobInVirginia(europe: 400, host: true);
        bench.Join("eve", "FR", NotThroughUs);
        bench.Pass(59_000);
        Assert.Null(bench.DecisionOn("eve"));
        bench.Pass(1_000);
        Assert.Equal(RouteRules.HostSilent, bench.DecisionOn("eve")!.Refusal!.Rule);
        Assert.Single(bench.History.OfType<WithdrawRequest>());
    }

    [Fact]
    public void When_the_last_host_leaves_the_question_is_decided_without_one()
    {
        RouteBench bench = WithBobInVirginia(europe: 400, host: true);
        bench.Join("eve", "FR", NotThroughUs);
        bench.Route.Leave("ada", bench.Now);
        bench.Answer();
        Assert.Equal(RouteRules.TightenNeedsHost, bench.DecisionOn("eve")!.Refusal!.Rule);
    }

    [Fact]
    public void Whoever_does_not_move_is_closed_after_five_seconds_and_only_then_the_newcomer_comes_in()
    {
        RouteBench bench = WithBobInVirginia(europe: 250, host: false);
        bench.Stuck.Add("bob");
        long start = bench.Now.Milliseconds;
        bench.Join("eve", "FR", NotThroughUs);
        bench.Pass(RouteTimes.Tightening - 1);
        Assert.Null(bench.DecisionOn("eve"));
        Assert.DoesNotContain(bench.History, static action => action is IssueRevocation { Grant.Node: "n-us-iad" });
        bench.Pass(1);
        Assert.Contains(bench.History, static action => action is IssueRevocation { Grant.Node: "n-us-iad" });
        Assert.Equal((JoinOutcome.Admitted, start + RouteTimes.Tightening), (bench.DecisionOn("eve")!.Outcome, bench.Now.Milliseconds));
    }

    [Fact]
    public void A_forbidden_node_that_confirms_nothing_keeps_the_newcomer_out_until_its_grant_has_run_out()
    {
        RouteBench bench = WithBobInVirginia(europe: 250, host: false);
        bench.Silent.Add("n-us-iad");
        bench.Join("eve", "FR", NotThroughUs);
        bench.Pass(25_000);
        Assert.Null(bench.DecisionOn("eve"));
        Assert.InRange(bench.History.Count(static action => action is IssueRevocation { Grant.Node: "n-us-iad" }), 5, 20);
        bench.Pass(15_000);
        Assert.Equal(JoinOutcome.Admitted, bench.DecisionOn("eve")!.Outcome);
    }

    [Fact]
    public void An_outsider_takes_a_region_that_serves_only_its_own_country_out_of_the_meeting()
    {
        RouteBench bench = new();
        Dictionary<string, double> trips = new() { ["ch-zrh"] = 5, ["eu-fra"] = 40, ["eu-par"] = 45 };
        bench.Join("ada", "CH", roundTrips: trips);
        bench.Join("ben", "CH", roundTrips: trips);
        Assert.Equal("n-ch-zrh", bench.NodeOf("ada"));
        Assert.Equal(JoinOutcome.Tightening, bench.Join("eve", "FR").Outcome);
        bench.Pass(300);
        Assert.Equal(JoinOutcome.Admitted, bench.DecisionOn("eve")!.Outcome);
        Assert.NotEqual("n-ch-zrh", bench.NodeOf("ada"));
        Assert.Contains(bench.Route.View.Regions, static verdict => verdict is { Region: "ch-zrh", Rule: "servesOnly CH", Allowed: false });
    }

    [Fact]
    public void Fences_with_nothing_in_common_are_told_apart_without_saying_whose_they_are()
    {
        RouteBench bench = new();
        Assert.Null(bench.Route.EditFence(new FenceEdit(GeofenceScope.Organisation, new Geofence { Allow = ["country:DE"] }), bench.Now));
        bench.Join("ada", "DE", new Geofence { Deny = ["country:FR"] });

        RouteRefusal refusal = bench.Join("eve", "FR", new Geofence { Allow = ["country:FR", "country:US"] }).Refusal!;

        Assert.Equal((RouteRules.FenceConflict, GeofenceScope.Participant, null), (refusal.Rule, refusal.Scope!.Value, refusal.Owner));
        Assert.Equal("Your rule and this meeting's have no region in common: yours leaves eu-par, us-iad, which the organisation's rule excludes.", refusal.Sentence);
        Assert.Contains(refusal.Conflicts, static conflict => conflict is { Scope: GeofenceScope.Organisation, Rule: "allow country:DE" });
        Assert.DoesNotContain(refusal.Verdicts, static verdict => verdict.Owner is not null);
    }

    [Fact]
    public void A_fence_that_leaves_the_home_out_is_refused()
    {
        RouteRefusal refusal = new RouteBench().Join("eve", "FR", new Geofence { Allow = ["country:FR"] }).Refusal!;
        Assert.Equal((RouteRules.HomeOutsideFence, GeofenceScope.Participant), (refusal.Rule, refusal.Scope!.Value));
        Assert.Contains("'only within FR' leaves out Frankfurt (DE)", refusal.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("region:eu-lon", "selector-unknown")]
    [InlineData("nonsense", "selector-invalid")]
    public void A_fence_that_means_nothing_is_refused_by_its_rule(string selector, string rule) =>
        Assert.Equal((rule, GeofenceScope.Participant), new RouteBench().Join("eve", "FR", new Geofence { Deny = [selector] }).Refusal is { } refusal ? (refusal.Rule, refusal.Scope!.Value) : default);

    [Fact]
    public void A_guest_far_away_is_no_reason_to_ask_the_host()
    {
        RouteBench bench = new();
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"), isHost: true);
        JoinDecision decision = bench.Join("eve", "JP", NotThroughUs, roundTrips: new Dictionary<string, double> { ["eu-fra"] = 900 });
        Assert.NotEqual(JoinOutcome.HostAsked, decision.Outcome);
    }

    // Ada next to Frankfurt, and Bob next to Virginia, who reaches Europe in so many milliseconds or not at all.
    private static RouteBench WithBobInVirginia(double? europe, bool host)
    {
        RouteBench bench = new();
        bench.Join("ada", isHost: host, roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        Dictionary<string, double> trips = new() { ["us-iad"] = 10 };
        if (europe is { } far)
            (trips["eu-fra"], trips["eu-par"]) = (far, far + 5);
        bench.Join("bob", "US", roundTrips: trips);
        bench.Pass(100);
        Assert.Equal("n-us-iad", bench.NodeOf("bob"));
        return bench;
    }
}
