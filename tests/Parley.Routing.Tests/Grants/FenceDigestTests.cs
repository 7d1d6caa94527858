using Parley.Routing.Geofences;
using Parley.Routing.Grants;

namespace Parley.Routing.Tests.Grants;

public class FenceDigestTests
{
    private static readonly ScopedGeofence Meeting = new(GeofenceScope.Meeting, new Geofence { Deny = ["country:US", "country:GB"] });

    private static readonly ScopedGeofence Guest = new(GeofenceScope.Participant, new Geofence { Allow = ["group:EU"] }, "ada");

    [Fact]
    public void It_is_the_same_in_any_order_for_any_owner_and_with_open_fences_beside() =>
        Assert.Equal(
            FenceDigest.Of([Meeting, Guest], ["DE", "FR"]),
            FenceDigest.Of([Guest with { Owner = "bob" }, new(GeofenceScope.User, Geofence.Open), Meeting with { Fence = new Geofence { Deny = ["country:GB", "country:US"] } }, Guest], ["FR", "DE", "FR"]));

    [Fact]
    public void It_differs_where_the_fence_does()
    {
        string[] digests =
        [
            FenceDigest.Of([], []), FenceDigest.Of([], ["DE"]), FenceDigest.Of([Meeting], []), FenceDigest.Of([Guest], []), FenceDigest.Of([Meeting with { Scope = GeofenceScope.User }], []),
            FenceDigest.Of([Guest with { Fence = new Geofence { Deny = ["group:EU"] } }], []), FenceDigest.Of([Guest with { Fence = new Geofence { Allow = [] } }], []),
        ];
        Assert.Equal(digests.Length, digests.Distinct().Count());
    }
}
