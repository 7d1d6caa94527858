using Parley.Routing.Geofences;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Routes;

/// <summary>What a participant's own rule says is told to its owner, and to hosts who are asked about it, and to nobody else.</summary>
public class OthersRulesTests
{
    private static readonly Geofence NotThroughUs = new() { Deny = ["country:US"] };
    private static readonly Geofence OnlyGermany = new() { Allow = ["country:DE"] };

    [Fact]
    public void The_route_that_everyone_sees_says_only_that_it_is_one()
    {
        RegionVerdict america = InMeetingWith(NotThroughUs).Route.View.Regions.Single(static verdict => verdict.Region == "us-iad");
        Assert.Equal((false, "", GeofenceScope.Participant, null), (america.Allowed, america.Rule, america.Scope, america.Owner));
        Assert.Equal("Another participant's own rule excludes region us-iad.", america.Reason);
        Assert.All(InMeetingWith(OnlyGermany).Route.View.Regions, static verdict => Assert.DoesNotContain("country:DE", verdict.Rule, StringComparison.Ordinal));
    }

    [Fact]
    public void A_preview_names_the_askers_own_rule_and_not_the_others()
    {
        RouteBench bench = InMeetingWith(NotThroughUs);
        RoutePreview preview = bench.Route.Preview(new JoinWish { Participant = "ben", Country = "DE", Fence = new Geofence { Deny = ["country:FR"] } });
        Assert.Equal(["", "deny country:FR"], preview.Verdicts.Where(static verdict => verdict.Region is "us-iad" or "eu-par").OrderBy(static verdict => verdict.Rule).Select(static verdict => verdict.Rule));
        RoutePreview edit = bench.Route.Preview(new FenceEdit(GeofenceScope.Meeting, Geofence.Open));
        Assert.Equal("", edit.Verdicts.Single(static verdict => verdict.Region == "us-iad").Rule);
    }

    [Theory]
    [InlineData("country:US", RouteRules.FenceConflict)]
    [InlineData("country:JP", RouteRules.NoRegionAllowed)]
    public void A_refusal_says_no_more(string allowed, string rule)
    {
        RouteRefusal refusal = InMeetingWith(NotThroughUs).Join("ben", "DE", new Geofence { Allow = [allowed] }).Refusal!;
        Assert.Equal(rule, refusal.Rule);
        Assert.DoesNotContain("US'", refusal.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain(refusal.Verdicts, static verdict => verdict.Rule == "deny country:US" || verdict.Reason.Contains("not through", StringComparison.Ordinal));
    }

    [Fact]
    public void Hosts_who_are_asked_see_it()
    {
        RouteBench bench = new();
        bench.Route.TightenLimit = 0;
        bench.Join("host", "US", isHost: true, roundTrips: Worlds.Near(bench.Directory, "us-iad"));
        bench.Join("ben", "US", roundTrips: Worlds.Near(bench.Directory, "us-iad"));
        bench.Join("eve", "DE", NotThroughUs);
        Assert.Equal(NotThroughUs, bench.History.OfType<AskHost>().Single().Request.Fence);
    }

    private static RouteBench InMeetingWith(Geofence fence)
    {
        RouteBench bench = new();
        bench.Join("ada", "DE", fence);
        return bench;
    }
}
