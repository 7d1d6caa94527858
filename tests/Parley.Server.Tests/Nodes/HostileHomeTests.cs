using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Server.Configuration;
using Parley.Server.Directory;
using Parley.Server.Nodes;

namespace Parley.Server.Tests.Nodes;

/// <summary>A home that means harm signs grants with its real key and hands them over on its real connection: what a media node does not take, with the sentence that says why.</summary>
public sealed class HostileHomeTests
{
    private const string Meeting = "eu-fra-00000000000000000001";

    private static readonly string[] Regions = ["eu-fra", "eu-ams", "us-sea"];

    [Fact]
    public async Task Grants_that_lead_outside_the_fence_they_carry_are_refused_each_by_its_rule()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions);
        WorldNode home = world["eu-fra"], ams = world["eu-ams"], sea = world["us-sea"];
        using Caller hostile = new(home.Key, ams);
        Assert.Equal(("grant-peer-outside-fence", "The grant names peer 'us-sea-1', which is not inside the fence."), await hostile.GrantAsync(home.Sign(home.Grant(Meeting, ams, [home.Id, sea.Id], [Deny("country:US")]))));
        Assert.Equal(("grant-home-outside-fence", "The host's rule 'not through region eu-fra' excludes eu-fra (DE)."), await hostile.GrantAsync(home.Sign(home.Grant(Meeting, ams, fences: [Deny("region:eu-fra")]))));
        Assert.Equal(("grant-outside-fence", "The host's rule 'not through region eu-ams' excludes eu-ams (DE)."), await hostile.GrantAsync(home.Sign(home.Grant(Meeting, ams, fences: [Deny("region:eu-ams")]))));
        RouteGrant thinned = home.Grant(Meeting, ams, [sea.Id], [Deny("country:US")]) with { Fences = [] };
        Assert.Equal(("grant-fence-digest", "The grant's digest is not of its fence."), await hostile.GrantAsync(home.Sign(thinned)));
        Assert.Equal("grant-missing", ams.Get<GrantGate>().Check(Meeting)!.Rule);
        Assert.Empty(ams.Media.Rooms);
        Assert.Equal("", (await hostile.GrantAsync(home.Sign(home.Grant(Meeting, ams, [home.Id], [Deny("country:US")])))).Rule);
    }

    [Fact]
    public async Task Who_is_no_control_node_of_the_directory_grants_nothing()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions);
        WorldNode sea = world["us-sea"], ams = world["eu-ams"];
        string own = "us-sea-00000000000000000001";
        string grant = sea.Sign(sea.Grant(own, ams));
        using Caller hostile = new(sea.Key, ams);
        Assert.Equal("grant-issuer", (await hostile.GrantAsync(sea.Sign(sea.Grant(own, ams) with { Issuer = "nobody" }))).Rule);

        // The directory gives it media only: its own signature on its own region's meetings opens nothing.
        world.Publish(world.Directory with { Nodes = [.. world.Directory.Nodes.Select(node => node.Id == sea.Id ? node with { Roles = [Node.MediaRole] } : node)] });
        await Until.TrueAsync(() => ams.Get<NodeDirectory>().Current.Version == 2);
        Assert.Equal(("grant-issuer", "The grant names 'us-sea-1' as its issuer, which is no control node of the directory."), await hostile.GrantAsync(grant));
        Assert.Equal("grant-missing", ams.Get<GrantGate>().Check(own)!.Rule);
    }

    /// <summary>The home leaves every rule out: what the operator of the asked node has set on it holds there all the same.</summary>
    [Fact]
    public async Task A_rule_that_the_home_leaves_out_holds_on_every_node_whose_operator_has_set_it()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions, configure: static options => options.Region == "eu-ams" ? options with { Geofence = new GeofenceOptions { Deny = ["country:US"] } } : options);
        WorldNode home = world["eu-fra"], ams = world["eu-ams"], sea = world["us-sea"];
        using Caller hostile = new(home.Key, ams);
        Assert.Equal(("grant-operator-fence", "The operator's rule 'not through US' excludes us-sea (US)."), await hostile.GrantAsync(home.Sign(home.Grant(Meeting, ams, [home.Id, sea.Id]))));
        Assert.Equal("grant-missing", ams.Get<GrantGate>().Check(Meeting)!.Rule);
        using Caller american = new(sea.Key, ams);
        Assert.Equal("grant-operator-fence", (await american.GrantAsync(sea.Sign(sea.Grant("us-sea-00000000000000000001", ams)))).Rule);
        Assert.Equal("", (await hostile.GrantAsync(home.Sign(home.Grant(Meeting, ams, [home.Id])))).Rule);
    }

    /// <summary>
    /// A documented limit, pinned: the meeting's rule reaches nodes by the home's word alone. A home that leaves it out of all grants, with a digest to match, is believed by nodes whose own operators allow
    /// the region. Participants' browsers hold their own rules themselves (see the web client's tests), the host's as far as the home tells it.
    /// </summary>
    [Fact]
    public async Task A_rule_of_the_meeting_that_the_home_leaves_out_of_all_grants_is_not_missed_by_nodes()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions);
        WorldNode home = world["eu-fra"], ams = world["eu-ams"], sea = world["us-sea"];
        using Caller toAms = new(home.Key, ams);
        using Caller toSea = new(home.Key, sea);
        Assert.Equal("grant-outside-fence", (await toSea.GrantAsync(home.Sign(home.Grant(Meeting, sea, [ams.Id], [Deny("country:US")])))).Rule);
        Assert.Equal("", (await toSea.GrantAsync(home.Sign(home.Grant(Meeting, sea, [ams.Id])))).Rule);
        Assert.Equal("", (await toAms.GrantAsync(home.Sign(home.Grant(Meeting, ams, [sea.Id])))).Rule);
    }

    private static ScopedGeofence Deny(string selector) => new(GeofenceScope.Meeting, new Geofence { Deny = [selector] });
}
