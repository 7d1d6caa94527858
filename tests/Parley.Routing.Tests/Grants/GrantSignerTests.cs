using CsCheck;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;

namespace Parley.Routing.Tests.Grants;

public sealed class GrantSignerTests : IDisposable
{
    private readonly GrantBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_grant_comes_back_as_it_was()
    {
        RouteGrant grant = GrantBench.Make(new Geofence { Deny = ["country:US"] }, "DE", "FR");
        Assert.Null(GrantSigner.Verify(_bench.Sign(grant), _bench.Directory, GrantBench.Now, out RouteGrant? read));
        Assert.Equal((grant.Serial, grant.FenceDigest, grant.Lifetime, "country:US"), (read!.Serial, read.FenceDigest, read.Lifetime, read.Fences[0].Fence.Deny![0]));
    }

    [Fact]
    public void A_wrongly_signed_grant_is_refused() => Refused("grant-signature", GrantBench.Make(), by: "n-us-iad");

    [Fact]
    public void An_issuer_that_the_directory_does_not_know_is_refused() => Refused("grant-issuer", GrantBench.Make() with { Issuer = "n-nowhere" }, by: "n-eu-fra");

    [Fact]
    public void Only_the_home_region_issues() => Refused("grant-home", GrantBench.Make() with { Issuer = "n-us-iad" });

    [Fact]
    public void A_region_whose_id_begins_like_the_homes_is_not_the_home() => Refused("grant-home", GrantBench.Make() with { Issuer = "n-eu" });

    [Fact]
    public void A_node_is_in_the_region_that_the_directory_says() => Refused("grant-region", GrantBench.Make() with { Region = "eu-fra" });

    [Fact]
    public void A_region_outside_the_fence_in_the_grant_is_refused_with_its_rule() =>
        Assert.Contains("'not through FR'", Refused("grant-outside-fence", GrantBench.Make(new Geofence { Deny = ["country:FR"] })).Sentence, StringComparison.Ordinal);

    [Fact]
    public void A_home_outside_the_fence_is_refused() => Refused("grant-home-outside-fence", GrantBench.Make(new Geofence { Allow = ["country:FR"] }) with { Peers = [] });

    [Fact]
    public void A_peer_outside_the_fence_is_refused() => Refused("grant-peer-outside-fence", GrantBench.Make(new Geofence { Deny = ["country:US"] }) with { Peers = ["n-us-iad"] });

    [Fact]
    public void A_peer_that_the_directory_does_not_know_yet_ends_nothing() =>
        Assert.Null(GrantSigner.Verify(_bench.Sign(GrantBench.Make() with { Peers = ["n-new"] }), _bench.Directory, GrantBench.Now, out _));

    [Fact]
    public void A_digest_of_another_fence_is_refused() => Refused("grant-fence-digest", GrantBench.Make(new Geofence { Deny = ["country:US"] }) with { Fences = [] });

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(GrantSigner.LongestLifetime + 1)]
    public void A_lifetime_has_bounds(int lifetime) => Refused("grant-lifetime", GrantBench.Make() with { Lifetime = lifetime });

    [Theory]
    [InlineData(121)]
    [InlineData(-121)]
    [InlineData(long.MinValue / 2)]
    [InlineData(long.MaxValue / 2)]
    public void A_grant_of_another_time_is_refused(long apart) => Refused("grant-stale", GrantBench.Make() with { Issued = GrantBench.Now - apart });

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MinValue + GrantBench.Now)]
    [InlineData(long.MaxValue)]
    public void A_grant_of_the_end_of_time_is_refused(long issued) => Refused("grant-stale", GrantBench.Make() with { Issued = issued });

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public void Clocks_may_be_90_seconds_apart(long apart) =>
        Assert.Null(GrantSigner.Verify(_bench.Sign(GrantBench.Make()), _bench.Directory, GrantBench.Now + apart, out _));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("e30.AAAA")]
    [InlineData("bm8ganNvbg.AAAA")]
    [InlineData("*.*")]
    public void What_is_no_grant_is_refused(string text) => Assert.Equal("grant-malformed", GrantSigner.Verify(text, _bench.Directory, GrantBench.Now, out _)!.Rule);

    [Fact]
    public void What_is_null_in_a_list_is_refused_or_ignored()
    {
        Assert.Equal("grant-malformed", GrantSigner.Verify(_bench.Sign(GrantBench.Make() with { Fences = [null!] }), _bench.Directory, GrantBench.Now, out _)!.Rule);
        Assert.Equal("grant-malformed", GrantSigner.Verify(_bench.Sign(GrantBench.Make() with { Countries = [null!] }), _bench.Directory, GrantBench.Now, out _)!.Rule);
        Assert.Equal("grant-malformed", GrantSigner.Verify(_bench.Sign(GrantBench.Make() with { Fences = [new ScopedGeofence(GeofenceScope.Meeting, null!)] }), _bench.Directory, GrantBench.Now, out _)!.Rule);
        Assert.Null(GrantSigner.Verify(_bench.Sign(GrantBench.Make() with { Peers = [null!] }), _bench.Directory, GrantBench.Now, out _));
    }

    [Fact]
    public void One_changed_letter_is_noticed()
    {
        string text = _bench.Sign(GrantBench.Make(new Geofence { Deny = ["country:US"] }, "DE"));
        Gen.Select(Gen.Int[0, text.Length - 2], Gen.Char['A', 'z']).Sample(
            (at, letter) => text[at] == letter || GrantSigner.Verify(text.Remove(at, 1).Insert(at, letter.ToString()), _bench.Directory, GrantBench.Now, out _) is not null, iter: 300);
    }

    private GrantRefusal Refused(string rule, RouteGrant grant, string? by = null)
    {
        GrantRefusal refusal = GrantSigner.Verify(_bench.Sign(grant, by), _bench.Directory, GrantBench.Now, out RouteGrant? read)!;
        Assert.Equal(rule, refusal.Rule);
        Assert.Null(read);
        Assert.True(refusal.Sentence.Length > 20 && refusal.Sentence.EndsWith('.'), refusal.Sentence);
        return refusal;
    }
}
