using CsCheck;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;

namespace Parley.Routing.Tests.Grants;

public sealed class GrantTableTests : IDisposable
{
    private const string Meeting = "eu-fra-k3v";

    private readonly GrantBench _bench = new();

    private GrantTable Table => _bench.Table;

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_grant_holds_for_its_lifetime_from_its_arrival()
    {
        Assert.Null(_bench.Take(GrantBench.Make(), monotonic: 5_000));
        Assert.NotNull(Table.Find(Meeting, 34_999));
        Assert.Null(Table.Find(Meeting, 35_000));
        Assert.Equal([Meeting], Table.Sweep(35_000));
        Assert.Empty(Table.Sweep(36_000));
    }

    [Fact]
    public void A_grant_for_another_node_is_refused()
    {
        Assert.Equal("grant-node", _bench.Take(GrantBench.Make() with { Node = "n-eu-fra", Region = "eu-fra", Peers = [] })!.Rule);
        Assert.Null(Table.Find(Meeting, 0));
    }

    [Fact]
    public void A_grant_for_an_earlier_life_of_the_node_is_refused_and_a_revocation_is_not()
    {
        GrantTable restarted = new("n-eu-par", _bench.Directory, life: "b");
        foreach (string? life in (string?[])[null, "", "a"])
            Assert.Equal(GrantRefusal.OtherLife, restarted.Accept(_bench.Sign(GrantBench.Make() with { Life = life }), GrantBench.Now, 0, out _)!.Rule);
        Assert.Null(restarted.Find(Meeting, 0));
        Assert.Null(restarted.Accept(_bench.Sign(GrantBench.Make() with { Life = "b" }), GrantBench.Now, 0, out _));
        Assert.Null(restarted.Accept(_bench.Sign(GrantBench.Make() with { Serial = 11, Revokes = true, Lifetime = 0 }), GrantBench.Now, 1, out _));
        Assert.Null(restarted.Find(Meeting, 1));
    }

    [Fact]
    public void A_revocation_ends_it_at_once_and_an_older_grant_does_not_bring_it_back()
    {
        _bench.Take(GrantBench.Make());
        Assert.Null(_bench.Take(GrantBench.Make() with { Serial = 11, Revokes = true, Lifetime = 0 }, monotonic: 1));
        Assert.Null(Table.Find(Meeting, 1));
        Assert.Equal(GrantRefusal.Superseded, _bench.Take(GrantBench.Make(), monotonic: 2)!.Rule);
        Assert.Null(_bench.Take(GrantBench.Make() with { Serial = 12 }, monotonic: 3));
        Assert.NotNull(Table.Find(Meeting, 3));
    }

    [Fact]
    public void A_replay_stays_refused_for_as_long_as_it_could_be_fresh()
    {
        string old = _bench.Sign(GrantBench.Make());
        _bench.Take(GrantBench.Make());
        _bench.Take(GrantBench.Make() with { Serial = 11, Revokes = true });
        for (long second = 0; second < 600; second += 10)
        {
            Table.Sweep(second * 1000);
            Assert.NotNull(Table.Accept(old, GrantBench.Now + second, second * 1000, out _));
        }
    }

    /// <summary>Whatever order messages come in, and however often, the highest serial that came decides.</summary>
    [Fact]
    public void The_highest_serial_decides() =>
        Gen.Select(Gen.Int[1, 5], Gen.Bool).Array[1, 8].Sample(
            messages =>
            {
                using GrantBench bench = new();
                Dictionary<int, bool> first = [];
                int highest = 0;
                foreach ((int serial, bool revokes) in messages)
                {
                    first.TryAdd(serial, revokes);
                    GrantRefusal? refusal = bench.Take(GrantBench.Make() with { Serial = serial, Revokes = first[serial] });
                    Assert.Equal(serial <= highest, refusal is not null);
                    highest = Math.Max(highest, serial);
                }

                return (bench.Table.Find(Meeting, 0) is null) == first[highest];
            },
            iter: 60);

    [Fact]
    public void A_relay_needs_grants_on_both_ends_that_name_each_other()
    {
        string peers = _bench.Sign(GrantBench.Make() with { Node = "n-eu-fra", Region = "eu-fra", Peers = ["n-eu-par"] });
        Assert.Equal("grant-missing", Check(peers));
        _bench.Take(GrantBench.Make());
        Assert.Null(Check(peers));
        Assert.Equal("grant-peer", Check(_bench.Sign(GrantBench.Make() with { Node = "n-eu-fra", Region = "eu-fra", Peers = ["n-us-iad"] })));
        Assert.Equal("grant-node", Check(_bench.Sign(GrantBench.Make() with { Meeting = "eu-fra-other", Node = "n-eu-fra", Region = "eu-fra", Peers = ["n-eu-par"] })));
        Assert.Equal("grant-node", Check(_bench.Sign(GrantBench.Make() with { Node = "n-eu-fra", Region = "eu-fra", Peers = ["n-eu-par"], Revokes = true })));
        _bench.Take(GrantBench.Make() with { Serial = 11, Peers = [] });
        Assert.Equal("grant-peer", Check(peers));

        string? Check(string shown) => Table.CheckPeer(Meeting, "n-eu-fra", shown, GrantBench.Now, 100)?.Rule;
    }

    [Fact]
    public void A_directory_that_withdraws_the_nodes_region_ends_its_meetings()
    {
        _bench.Take(GrantBench.Make());
        Table.Use(_bench.Directory with { Nodes = [.. _bench.Directory.Nodes.Where(static node => node.Id != "n-eu-par")] });
        Assert.Equal([Meeting], Table.Sweep(100));
        Assert.Null(Table.Find(Meeting, 100));
    }

    [Fact]
    public void A_directory_that_puts_the_region_outside_the_fence_ends_its_meetings()
    {
        _bench.Take(GrantBench.Make(new Geofence { Deny = ["operator:US"] }));
        Table.Use(_bench.Directory with { Regions = [.. _bench.Directory.Regions.Select(static region => region.Id == "eu-par" ? region with { OperatorCountry = "US" } : region)] });
        Assert.Equal([Meeting], Table.Sweep(100));
    }

    [Fact]
    public void A_directory_that_withdraws_a_peer_ends_only_its_relay()
    {
        _bench.Take(GrantBench.Make() with { Peers = ["n-eu-fra", "n-us-iad"] });
        Assert.True(Table.AllowsPeer(Meeting, "n-us-iad", 0));
        Table.Use(_bench.Directory with { Nodes = [.. _bench.Directory.Nodes.Where(static node => node.Id != "n-us-iad")] });
        Assert.Empty(Table.Sweep(100));
        Assert.False(Table.AllowsPeer(Meeting, "n-us-iad", 100));
        Assert.True(Table.AllowsPeer(Meeting, "n-eu-fra", 100));
    }

    [Fact]
    public void A_rotated_key_ends_nothing_and_a_revoked_one_does()
    {
        _bench.Take(GrantBench.Make());
        RegionDirectory rotated = _bench.Directory with { Nodes = [.. _bench.Directory.Nodes.Select(static node => node.Id == "n-eu-fra" ? node with { Key = "another" } : node)] };
        Table.Use(rotated);
        Assert.Empty(Table.Sweep(100));
        Table.Use(rotated with { Revoked = [_bench.Directory.FindNode("n-eu-fra")!.Key] });
        Assert.Equal([Meeting], Table.Sweep(200));
    }
}
