using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;

namespace Parley.Routing.Tests.Grants;

/// <summary>What a node's own operator forbids holds on that node, whatever fence a home writes into its grants: here the home writes none at all.</summary>
public sealed class OperatorFenceTests : IDisposable
{
    private const string Meeting = "eu-fra-k3v";

    private readonly GrantBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Its_own_region_the_home_and_each_neighbour_must_lie_inside()
    {
        Assert.Equal((GrantRefusal.OperatorFence, "The operator's rule 'not through FR' excludes Paris (FR)."), Refusal(Table("country:FR")));
        Assert.Equal((GrantRefusal.OperatorFence, "The operator's rule 'not through DE' excludes Frankfurt (DE)."), Refusal(Table("country:DE")));
        Assert.Equal((GrantRefusal.OperatorFence, "The operator's rule 'not through US' excludes Virginia (US)."), Refusal(Table("country:US"), "n-eu-fra", "n-us-iad"));
        Assert.Null(Refusal(Table("country:US"), "n-eu-fra"));
        Assert.Null(Refusal(Table("country:US"), "n-not-known-yet"));
    }

    [Fact]
    public void A_revocation_is_taken_whatever_is_forbidden() =>
        Assert.Null(Table("country:DE").Accept(_bench.Sign(GrantBench.Make() with { Revokes = true }), GrantBench.Now, 0, out _));

    [Fact]
    public void A_neighbour_that_shows_its_grant_is_not_relayed_with_once_a_directory_puts_it_outside()
    {
        GrantTable table = Table("country:US");
        Assert.Null(Refusal(table, "n-eu-fra"));
        string shown = _bench.Sign(GrantBench.Make() with { Node = "n-eu-fra", Region = "eu-fra", Peers = ["n-eu-par"] });
        Assert.Null(table.CheckPeer(Meeting, "n-eu-fra", shown, GrantBench.Now, 1));
        table.Use(Moved("eu"));
        Assert.Empty(table.Sweep(1));
        Assert.True(table.AllowsPeer(Meeting, "n-eu-fra", 1));

        // Its home goes outside: the whole meeting does.
        table.Use(Moved("eu-fra"));
        Assert.False(table.AllowsPeer(Meeting, "n-eu-fra", 2));
        Assert.Equal([Meeting], table.Sweep(2));
    }

    [Fact]
    public void A_neighbour_that_only_a_later_directory_knows_and_puts_outside_is_none()
    {
        GrantTable table = new("n-eu-par", _bench.Directory with { Nodes = [.. _bench.Directory.Nodes.Where(static node => node.Id != "n-us-iad")] }, operatorFence: new Geofence { Deny = ["country:US"] });
        Assert.Null(Refusal(table, "n-us-iad"));
        table.Use(_bench.Directory);
        Assert.Empty(table.Sweep(1));
        Assert.False(table.AllowsPeer(Meeting, "n-us-iad", 1));
    }

    private GrantTable Table(string denied) => new("n-eu-par", _bench.Directory, operatorFence: new Geofence { Deny = [denied] });

    private (string Rule, string Sentence)? Refusal(GrantTable table, params string[] peers) =>
        table.Accept(_bench.Sign(GrantBench.Make() with { Peers = peers }), GrantBench.Now, 0, out _) is { } refusal ? (refusal.Rule, refusal.Sentence) : null;

    private RegionDirectory Moved(string id) =>
        _bench.Directory with { Regions = [.. _bench.Directory.Regions.Select(region => region.Id == id ? region with { Country = "US" } : region)] };
}
