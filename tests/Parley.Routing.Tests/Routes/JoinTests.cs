using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Routing.Planning;
using Parley.Routing.Routes;

namespace Parley.Routing.Tests.Routes;

public class JoinTests
{
    [Fact]
    public void Delays_are_called_computed_as_long_as_anything_in_them_is()
    {
        RouteBench bench = new();
        bench.Route.Use([new RegionDelay("eu-fra", "eu-par", 5)], bench.Now);
        bench.Join("ann", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        Assert.False(bench.Route.View.IsComputed);

        // The way over the sea is not measured, nor is where somebody who measured nothing connects.
        JoinWish far = new() { Participant = "bob", Country = "US", RoundTrips = Worlds.Near(bench.Directory, "us-iad") };
        JoinWish silent = new() { Participant = "cyd", Country = "DE", Latitude = 50, Longitude = 8.6 };
        Assert.True(bench.Route.Preview(silent).IsComputed);
        Assert.True(bench.Route.Preview(far).IsComputed);
        Assert.False(bench.Route.Preview(far with { RoundTrips = Worlds.Near(bench.Directory, "eu-fra") }).IsComputed);
        bench.Join("bob", "US", roundTrips: far.RoundTrips);
        Assert.True(bench.Route.View.IsComputed);
        Assert.True(bench.Route.View.Relays.Single().IsComputed);
        bench.Route.Use([new RegionDelay("eu-fra", "us-iad", 45)], bench.Now);
        bench.Answer();
        Assert.False(bench.Route.View.IsComputed);
        Assert.False(bench.Route.View.Relays.Single().IsComputed);
    }

    [Fact]
    public void The_first_is_admitted_once_their_node_has_confirmed_its_grant()
    {
        RouteBench bench = new();
        bench.Silent.Add("n-eu-fra");
        Assert.Equal(JoinOutcome.Preparing, bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra")).Outcome);
        RouteGrant grant = Assert.Single(bench.History.OfType<IssueGrant>()).Grant;
        Assert.Equal(("eu-fra-k3v", "n-eu-fra", "eu-fra", 30), (grant.Meeting, grant.Node, grant.Region, grant.Lifetime));
        Assert.Null(bench.DecisionOn("ada"));

        bench.Route.GrantAnswered("n-eu-fra", grant.Serial, null, bench.Now);
        bench.Answer();

        Assert.Equal(("n-eu-fra", JoinOutcome.Admitted), (bench.DecisionOn("ada")!.Node, bench.DecisionOn("ada")!.Outcome));
        Assert.Equal("n-eu-fra", bench.NodeOf("ada"));
    }

    [Fact]
    public void People_far_apart_get_a_node_each_and_a_relay_between()
    {
        RouteBench bench = new();
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        bench.Join("bob", "US", roundTrips: Worlds.Near(bench.Directory, "us-iad"));

        Assert.Equal("n-us-iad", bench.DecisionOn("bob")!.Node);
        bench.Pass(100);
        Assert.Equal([new OpenRelay("n-eu-fra", "n-us-iad")], bench.History.OfType<OpenRelay>());
        Assert.Single(bench.Route.View.Relays);
    }

    [Fact]
    public void A_fence_that_costs_nobody_much_takes_effect_by_itself_and_the_newcomer_waits_for_it()
    {
        RouteBench bench = new();
        bench.Join("ada", roundTrips: Worlds.Near(bench.Directory, "eu-fra"));
        bench.Join("bob", "US", roundTrips: new Dictionary<string, double> { ["us-iad"] = 10, ["eu-par"] = 250, ["eu-fra"] = 255 });
        Assert.Equal("n-us-iad", bench.NodeOf("bob"));

        Assert.Equal(JoinOutcome.Tightening, bench.Join("eve", "FR", new Geofence { Deny = ["country:US"] }).Outcome);

        bench.Pass(200);
        Assert.Equal(JoinOutcome.Admitted, bench.DecisionOn("eve")!.Outcome);
        Assert.NotEqual("n-us-iad", bench.NodeOf("bob"));
        List<RouteAction> history = [.. bench.History];
        int moved = history.FindIndex(action => action is MoveParticipant { Participant: "bob", Reason: MoveReason.Fence });
        int revoked = history.FindIndex(action => action is IssueRevocation { Grant.Node: "n-us-iad" });
        int admitted = history.FindIndex(action => action is DecideNewcomer { Participant: "eve" });
        Assert.True(moved >= 0 && moved < revoked && revoked < admitted);
    }
}
