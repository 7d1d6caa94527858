using CsCheck;
using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Regions;
using Parley.Routing.Tests.Histories;
using Parley.Routing.Tests.Routes;

namespace Parley.Routing.Tests.Geofences;

public class EffectiveGeofenceTests
{
    private static readonly RegionDirectory Ground = Worlds.Make(
        Worlds.Frankfurt, Worlds.Paris, Worlds.Zurich, Worlds.Virginia, Worlds.Tokyo, Worlds.Frankfurt with { Id = "eu-ber", OperatorCountry = "US" }, Worlds.Paris with { Id = "where", Country = "ZZ", OperatorCountry = "ZZ" });

    // Good selectors, misspelt ones, and some that nobody can read.
    private static readonly Gen<string> AnySelector = Pick("region:eu-fra", "region:us-iad", "region:where", "region:none", "country:DE", "Country:de", "country:US", "country:XX", "group:EU", "group:eu", "group:Five-Eyes", "operator:US", "operator:FR", "continent:EU", "DE", "region:", "region:Eu-Fra");

    private static readonly Gen<Geofence> AnyFence = Gen.Select(
        Gen.OneOf(Gen.Const((IReadOnlyList<string>?)null), AnySelector.Array[0, 3].Select(static list => (IReadOnlyList<string>?)list)),
        Gen.OneOf(Gen.Const((IReadOnlyList<string>?)null), AnySelector.Array[0, 3].Select(static list => (IReadOnlyList<string>?)list)),
        static (allow, deny) => new Geofence { Allow = allow, Deny = deny });

    private static readonly Gen<ScopedGeofence> AnyScoped = Gen.Select(Gen.Enum<GeofenceScope>(), AnyFence, static (scope, fence) => new ScopedGeofence(scope, fence));

    private static readonly Gen<string> AnyCountry = Pick("DE", "FR", "CH", "US", "ZZ");

    private static Gen<string> Pick(params string[] all) => Gen.Int[0, all.Length - 1].Select(at => all[at]);

    [Fact]
    public void It_is_the_intersection_that_the_plainest_reading_gives() =>
        Gen.Select(AnyScoped.Array[0, 5], AnyCountry.Array[0, 3]).Sample(
            static (fences, countries) => new EffectiveGeofence(Ground, fences, countries).AllowedRegions.SetEquals(NaiveFence.Allowed(Ground, fences.Select(static scoped => scoped.Fence), countries)),
            iter: 5_000);

    [Fact]
    public void Another_fence_or_person_never_allows_more() =>
        Gen.Select(AnyScoped.Array[1, 5], AnyCountry.Array[1, 3]).Sample(
            static (fences, countries) => new EffectiveGeofence(Ground, fences, countries).AllowedRegions.IsSubsetOf(new EffectiveGeofence(Ground, fences[1..], countries[1..]).AllowedRegions),
            iter: 2_000);

    [Fact]
    public void The_order_of_fences_does_not_matter() =>
        AnyScoped.Array[0, 5].Sample(
            static fences => new EffectiveGeofence(Ground, fences, ["DE"]).AllowedRegions.SetEquals(new EffectiveGeofence(Ground, [.. fences.Reverse()], ["DE"]).AllowedRegions), iter: 1_000);

    [Fact]
    public void The_rule_and_scope_of_a_refusal_exist_and_do_refuse() =>
        Gen.Select(AnyScoped.Array[1, 4], AnyCountry.Array[0, 2]).Sample(
            static (fences, countries) =>
            {
                foreach (RegionVerdict verdict in new EffectiveGeofence(Ground, fences, countries).Verdicts)
                {
                    Region region = Ground.FindRegion(verdict.Region)!;
                    if (!verdict.Allowed && !verdict.Rule.StartsWith("servesOnly", StringComparison.Ordinal)
                        && !fences.Any(scoped => scoped.Scope == verdict.Scope && !NaiveFence.Lets(scoped.Fence, region, Ground)))
                        return false;
                }

                return true;
            },
            iter: 2_000);

    [Fact]
    public void Each_region_says_whose_rule_decides_in_words()
    {
        EffectiveGeofence fence = new(
            Ground,
            [new(GeofenceScope.Meeting, new Geofence { Deny = ["country:US"] }), new(GeofenceScope.Participant, new Geofence { Allow = ["group:EU"] }, "ada")],
            ["DE", "ZZ"]);

        Assert.Equal("The host's rule 'not through US' excludes Virginia (US).", fence.For("us-iad").Reason);
        Assert.Equal("A participant's rule 'only within the EU' leaves out Tokyo (JP).", fence.For("jp-tyo").Reason);
        Assert.Equal((GeofenceScope.Participant, "ada"), (fence.For("jp-tyo").Scope, fence.For("jp-tyo").Owner));
        Assert.Equal("Zurich (CH) may carry a meeting only if everyone in it is in CH; not everyone in the meeting is in CH.", fence.For("ch-zrh").Reason);
        Assert.Equal("Frankfurt (DE) is within every rule of this meeting.", fence.For("eu-fra").Reason);
        Assert.Equal(("unknown-region", false), (fence.For("eu-lon").Rule, fence.For("eu-lon").Allowed));
    }

    [Fact]
    public void Somebody_at_an_unknown_place_is_outside_whatever_a_region_serves()
    {
        RegionDirectory ground = Worlds.Make(Worlds.Zurich with { ServesOnly = ["CH", "ZZ"] });
        Assert.False(new EffectiveGeofence(ground, [], ["CH", "ZZ"]).Allows("ch-zrh"));
        Assert.True(new EffectiveGeofence(ground, [], ["CH"]).Allows("ch-zrh"));
    }
}
