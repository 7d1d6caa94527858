using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Routes;

public class FenceEditTests
{
    [Fact]
    public void New_legs_are_made_people_move_and_then_the_old_node_is_closed()
    {
        RouteBench bench = InTwoRegions();
        Assert.Null(bench.Route.EditFence(new FenceEdit(GeofenceScope.Meeting, new Geofence { Deny = ["country:US"] }), bench.Now));
        bench.Answer();
        bench.Pass(50);

        Assert.NotEqual("n-us-iad", bench.NodeOf("bob"));
        List<RouteAction> history = [.. bench.History];
        int granted = history.FindLastIndex(static action => action is IssueGrant { Grant.Node: not "n-us-iad" });
        int moved = history.FindIndex(static action => action is MoveParticipant { Participant: "bob", Reason: MoveReason.Fence });
        int revoked = history.FindIndex(static action => action is IssueRevocation { Grant.Node: "n-us-iad" });
        Assert.True(moved > 0 && moved < revoked && granted > 0);
        Assert.Contains(bench.History, static action => action is CloseRelay { A: "n-eu-fra", B: "n-us-iad" });
    }

    [Fact]
    public void Everybody_hears_everybody_while_people_move()
    {
        RouteBench bench = InTwoRegions();
        bench.Stuck.Add("bob");
        bench.Route.EditFence(new FenceEdit(GeofenceScope.Meeting, new Geofence { Deny = ["country:US"] }), bench.Now);
        bench.Answer();
        bench.Pass(3_000);
        Assert.Contains(bench.Route.View.Relays, static leg => leg is { From: "n-eu-fra", To: "n-us-iad" });
        RouteGrant last = bench.History.OfType<IssueGrant>().Last(static action => action.Grant.Node == "n-us-iad").Grant;
        Assert.DoesNotContain(last.Fences, static scoped => scoped.Fence.Deny?.Contains("country:US") == true);
    }

    [Theory]
    [InlineData("country:FR", RouteRules.HomeOutsideFence)]
    [InlineData("country:JP", RouteRules.NoRegionAllowed)]
    public void An_edit_that_cannot_be_is_refused_and_changes_nothing(string allowed, string rule)
    {
        RouteBench bench = InTwoRegions();
        int before = bench.History.Count;
        RouteRefusal refusal = bench.Route.EditFence(new FenceEdit(GeofenceScope.Meeting, new Geofence { Allow = [allowed] }), bench.Now)!;
        bench.Answer();
        Assert.Equal((rule, GeofenceScope.Meeting, before), (refusal.Rule, refusal.Scope!.Value, bench.History.Count));
    }

    [Fact]
    public void A_stored_fence_may_name_what_the_directory_has_lost()
    {
        Geofence withoutTokyo = new() { Deny = ["region:jp-tyo", "country:US"] };
        RouteBench bench = new();
        Assert.Equal("selector-unknown", bench.Route.EditFence(new FenceEdit(GeofenceScope.Meeting, withoutTokyo), bench.Now)!.Rule);
        Assert.Null(bench.Route.EditFence(Stored(withoutTokyo), bench.Now));
        bench.Join("ada");
        Assert.Equal("n-eu-fra", bench.NodeOf("ada"));
        Assert.False(bench.Route.View.Regions.Single(static verdict => verdict.Region == "us-iad").Allowed);

        // What is allowed beside it stays, and nothing else.
        Assert.Null(bench.Route.EditFence(Stored(new Geofence { Allow = ["region:jp-tyo", "region:eu-fra"] }), bench.Now));
        Assert.Equal(["eu-fra"], bench.Route.View.Regions.Where(static verdict => verdict.Allowed).Select(static verdict => verdict.Region));
    }

    [Fact]
    public void A_stored_fence_that_allows_only_what_is_lost_says_so()
    {
        RouteBench bench = new();
        RouteRefusal refusal = bench.Route.EditFence(Stored(new Geofence { Allow = ["region:jp-tyo"] }), bench.Now)!;
        Assert.Equal((RouteRules.NoRegionAllowed, GeofenceScope.Meeting), (refusal.Rule, refusal.Scope!.Value));
        Assert.Equal(
            "'region:jp-tyo': the directory knows no such region. No region may carry this meeting. The host's rule 'only within region jp-tyo' leaves out Frankfurt (DE).", refusal.Sentence);
    }

    [Fact]
    public void A_group_that_is_lost_counts_as_outside()
    {
        RouteBench bench = new();
        Assert.Equal(RouteRules.NoRegionAllowed, bench.Route.EditFence(Stored(new Geofence { Deny = ["group:NATO"] }), bench.Now)!.Rule);
    }

    [Fact]
    public void An_edit_against_a_participants_fence_says_that_it_is_one()
    {
        RouteBench bench = new();
        bench.Join("ada", "DE", new Geofence { Allow = ["country:DE"] });
        RouteRefusal refusal = bench.Route.EditFence(new FenceEdit(GeofenceScope.Meeting, new Geofence { Allow = ["country:US"] }), bench.Now)!;
        Assert.Equal((RouteRules.FenceConflict, GeofenceScope.Participant, ""), (refusal.Rule, refusal.Scope!.Value, refusal.Conflicts[0].Rule));
        Assert.Equal("The new rule and the others of this meeting have no region in common: A participant's rule excludes us-iad.", refusal.Sentence);
    }

    [Fact]
    public void A_preview_says_who_moves_and_changes_nothing()
    {
        RouteBench bench = InTwoRegions();
        int before = bench.History.Count;
        RoutePreview preview = bench.Route.Preview(new FenceEdit(GeofenceScope.Meeting, new Geofence { Deny = ["country:US"] }));
        bench.Answer();
        Assert.Equal(["bob"], preview.Consequences.Moves);
        Assert.Equal(before, bench.History.Count);
        Assert.True(preview.Consequences.WorstDelayAfter > preview.Consequences.WorstDelayBefore);
        Assert.Contains(preview.Verdicts, static verdict => verdict is { Region: "us-iad", Allowed: false });
    }

    [Fact]
    public void Opening_the_fence_again_lets_people_back()
    {
        RouteBench bench = InTwoRegions();
        bench.Route.EditFence(new FenceEdit(GeofenceScope.Meeting, new Geofence { Deny = ["country:US"] }), bench.Now);
        bench.Pass(200);
        bench.Route.EditFence(new FenceEdit(GeofenceScope.Meeting, Geofence.Open), bench.Now);
        bench.Answer();
        bench.Pass(2_000);
        Assert.Equal("n-us-iad", bench.NodeOf("bob"));
    }

    [Fact]
    public void A_participants_fence_is_not_edited_for_them() =>
        Assert.Throws<ArgumentException>(static () => new RouteBench().Route.EditFence(new FenceEdit(GeofenceScope.Participant, Geofence.Open), default));

    private static RouteBench InTwoRegions()
    {
        RouteBench bench = new();
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        bench.Join("bob", "US", roundTrips: new Dictionary<string, double> { ["us-iad"] = 10, ["eu-fra"] = 250, ["eu-par"] = 240 });
        bench.Pass(100);
        Assert.Equal("n-us-iad", bench.NodeOf("bob"));
        return bench;
    }

    private static FenceEdit Stored(Geofence fence) => new(GeofenceScope.Meeting, fence) { IsStored = true };
}
