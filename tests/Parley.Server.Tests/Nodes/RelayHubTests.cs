using Parley.Routing.Directory;
using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Server.Directory;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Nodes.Wire;
using Parley.Server.Tests.Media;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Nodes;

/// <summary>How two nodes agree on a relay: both grants and both statements, one link for a pair of shards, the same row at both ends.</summary>
public sealed class RelayHubTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private WorldNode Home => nodes.Home;

    private WorldNode Away => nodes.Away;

    [Fact]
    public async Task Meetings_between_two_shards_share_a_link_with_a_row_each_until_the_last_leaves()
    {
        (IMediaRoom homeRoom, IMediaRoom awayRoom, FakeRoom homeFake, FakeRoom awayFake) = await OpenAsync(nodes.Meeting());
        (IMediaRoom otherHomeRoom, IMediaRoom otherAwayRoom, FakeRoom otherHome, FakeRoom otherAway) = await OpenAsync(nodes.Meeting());
        Assert.Null(await homeRoom.RelayAsync(Away.Id));
        Assert.Null(await homeRoom.RelayAsync(Away.Id));

        // Asked from the other end, and over gRPC.
        Assert.Null(await otherAwayRoom.RelayAsync(Home.Id));
        FakeLink homeLink = Home.Media.Links.Last(), awayLink = Away.Media.Links.Last();
        Assert.Equal((homeLink.Ends.LocalUfrag, homeLink.Ends.LocalPassword), (awayLink.Ends.RemoteUfrag, awayLink.Ends.RemotePassword));
        Assert.Equal((awayLink.Ends.LocalUfrag, awayLink.Ends.LocalPassword), (homeLink.Ends.RemoteUfrag, homeLink.Ends.RemotePassword));
        Assert.True(homeLink.Ends.Initiates && !awayLink.Ends.Initiates);
        Assert.Equal(Away.Media.Fingerprint.ToArray(), homeLink.Ends.RemoteFingerprint);
        Assert.Equal(Away.Media.Addresses, homeLink.Ends.RemoteAddresses);
        Assert.Equal(Row(homeFake), Row(awayFake));
        Assert.Equal(Row(otherHome), Row(otherAway));
        Assert.NotEqual(Row(homeFake), Row(otherHome));
        Assert.Single(homeFake.Log);

        homeRoom.Unrelay(Away.Id);
        await Until.TrueAsync(() => awayFake.Log.Contains($"leave {awayLink.Id.Value}"));
        Assert.False(homeLink.Ended.IsCompleted || awayLink.Ended.IsCompleted);
        await otherHomeRoom.DisposeAsync();
        await Until.TrueAsync(() => homeLink.Ended.IsCompleted && awayLink.Ended.IsCompleted);
        await homeRoom.DisposeAsync();
        await awayRoom.DisposeAsync();
        await otherAwayRoom.DisposeAsync();
    }

    [Fact]
    public async Task Meetings_that_need_the_first_link_at_the_same_moment_make_one_of_it()
    {
        List<IMediaRoom> rooms = [];
        List<Task<GrantRefusal?>> asked = [];
        for (int i = 0; i < 8; i++)
        {
            (IMediaRoom homeRoom, IMediaRoom awayRoom, _, _) = await OpenAsync(nodes.Meeting());
            rooms.AddRange([homeRoom, awayRoom]);
        }

        int homeLinks = Home.Media.Links.Count, awayLinks = Away.Media.Links.Count;
        for (int i = 0; i < rooms.Count; i += 2)
        {
            IMediaRoom room = rooms[i];
            asked.Add(Task.Run(() => room.RelayAsync(Away.Id)));
        }

        Assert.All(await Task.WhenAll(asked), Assert.Null);
        Assert.Equal((homeLinks + 1, awayLinks + 1), (Home.Media.Links.Count, Away.Media.Links.Count));
        foreach (IMediaRoom room in rooms)
            await room.DisposeAsync();
    }

    [Fact]
    public async Task Without_each_others_names_in_both_grants_nothing_is_relayed()
    {
        string meeting = nodes.Meeting();
        await using IMediaRoom homeRoom = await Home.OpenAsync(meeting, Home);
        await using IMediaRoom awayRoom = await Home.OpenAsync(meeting, Away, [Home.Id]);
        Assert.Equal("grant-peer", (await homeRoom.RelayAsync(Away.Id))!.Rule);
        Assert.Equal("grant-peer", (await awayRoom.RelayAsync(Home.Id))!.Rule);
        Assert.Equal("node-unknown", (await homeRoom.RelayAsync("nobody"))!.Rule);
        Assert.DoesNotContain(Home.Media.Rooms.Concat(Away.Media.Rooms), room => room.Log.Any(line => line.StartsWith("join", StringComparison.Ordinal) && room == Home.Media.Room));
    }

    [Fact]
    public async Task Without_a_room_at_the_other_end_nothing_is_relayed()
    {
        string meeting = nodes.Meeting();
        Assert.Null(await Home.Links.Find(Away.Id)!.GrantAsync(Home.Sign(Home.Grant(meeting, Away, [Home.Id]))));
        await using IMediaRoom homeRoom = await Home.OpenAsync(meeting, Home, [Away.Id]);
        Assert.Equal("room-missing", (await homeRoom.RelayAsync(Away.Id))!.Rule);
    }

    [Fact]
    public async Task Whoever_takes_charge_of_a_room_keeps_the_relays_that_it_names_and_ends_the_others()
    {
        string meeting = nodes.Meeting();
        (IMediaRoom homeRoom, IMediaRoom awayRoom, FakeRoom homeFake, FakeRoom awayFake) = await OpenAsync(meeting);
        Assert.Null(await homeRoom.RelayAsync(Away.Id));
        await using IMediaRoom knowing = await Home.Links.Find(Away.Id)!.OpenRoomAsync(meeting, [Home.Id]);
        Assert.DoesNotContain(awayFake.Log, IsLeave);
        await using IMediaRoom unknowing = await Home.Links.Find(Away.Id)!.OpenRoomAsync(meeting);
        await Until.TrueAsync(() => homeFake.Log.Any(IsLeave) && awayFake.Log.Any(IsLeave));
        Assert.False(awayFake.IsDisposed);
        Assert.Equal(new RelayLost(Away.Id, "peer-left"), await homeRoom.Events.ReadAsync());
        await homeRoom.DisposeAsync();
        await awayRoom.DisposeAsync();
    }

    [Fact]
    public async Task A_grant_that_no_longer_names_the_peer_ends_the_relay_within_a_second()
    {
        string meeting = nodes.Meeting();
        (IMediaRoom homeRoom, IMediaRoom awayRoom, FakeRoom homeFake, FakeRoom awayFake) = await OpenAsync(meeting);
        Assert.Null(await homeRoom.RelayAsync(Away.Id));
        Assert.Null(await Home.Links.Find(Home.Id)!.GrantAsync(Home.Sign(Home.Grant(meeting, Home))));
        await Until.TrueAsync(() => homeFake.Log.Any(IsLeave) && awayFake.Log.Any(IsLeave), seconds: 1);
        Assert.Equal(new RelayLost(Away.Id, "grant-peer"), await homeRoom.Events.ReadAsync());
        Assert.Equal(new RelayLost(Home.Id, "peer-left"), await awayRoom.Events.ReadAsync());
        await homeRoom.DisposeAsync();
        await awayRoom.DisposeAsync();
    }

    [Fact]
    public async Task A_relay_whose_room_has_ended_meanwhile_ends_within_a_second()
    {
        string meeting = nodes.Meeting();
        (IMediaRoom homeRoom, IMediaRoom awayRoom, FakeRoom homeFake, FakeRoom awayFake) = await OpenAsync(meeting);
        Assert.Null(await homeRoom.RelayAsync(Away.Id));
        FakeLink link = Away.Media.Links.Last();
        Assert.True(Away.Get<HostedRooms>().Find(meeting)!.End(null));
        await Until.TrueAsync(() => link.Ended.IsCompleted && homeFake.Log.Any(IsLeave), seconds: 1);
        Assert.True(awayFake.IsDisposed);
        await homeRoom.DisposeAsync();
        await awayRoom.DisposeAsync();
    }

    [Fact]
    public async Task A_peer_that_the_directory_puts_outside_the_fence_ends_the_relay_within_a_second()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"]);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-sea"];
        string meeting = nodes.Meeting();
        ScopedGeofence fence = new(GeofenceScope.Meeting, new Geofence { Deny = ["country:CN"] });
        await using IMediaRoom homeRoom = await home.OpenAsync(meeting, home, [away.Id], [fence]);
        await using IMediaRoom awayRoom = await home.OpenAsync(meeting, away, [home.Id], [fence]);
        Assert.Null(await homeRoom.RelayAsync(away.Id));
        FakeRoom homeFake = home.Media.Room, awayFake = away.Media.Room;

        // Only the home hears of it: the other node would end its room by itself.
        RegionDirectory now = world.Directory;
        RegionDirectory moved = now with { Version = now.Version + 1, Regions = [.. now.Regions.Select(static region => region.Id == "us-sea" ? region with { Country = "CN" } : region)] };
        Assert.Null(home.Get<NodeDirectory>().Accept(DirectorySigner.Sign(moved, world.Operator)));
        await Until.TrueAsync(() => homeFake.Log.Any(IsLeave) && awayFake.Log.Any(IsLeave), seconds: 1);
        Assert.Equal(new RelayLost(away.Id, "grant-peer"), await homeRoom.Events.ReadAsync());
        Assert.False(homeFake.IsDisposed);
    }

    [Fact]
    public async Task A_link_that_dies_is_told_to_whoever_is_in_charge_and_another_can_be_made()
    {
        (IMediaRoom homeRoom, IMediaRoom awayRoom, FakeRoom homeFake, FakeRoom awayFake) = await OpenAsync(nodes.Meeting());
        Assert.Null(await homeRoom.RelayAsync(Away.Id));
        FakeLink dead = Home.Media.Links.Last();
        dead.End(RelayCloseReason.Silent);
        Assert.Equal(new RelayLost(Away.Id, "Silent"), await homeRoom.Events.ReadAsync());
        Assert.Null(await homeRoom.RelayAsync(Away.Id));
        Assert.NotSame(dead, Home.Media.Links.Last());
        Assert.Equal(homeFake.Log.Last().Split(' ')[2], awayFake.Log.Last(line => line.StartsWith("join", StringComparison.Ordinal)).Split(' ')[2]);
        await homeRoom.DisposeAsync();
        await awayRoom.DisposeAsync();
    }

    [Fact]
    public async Task What_a_peer_shows_must_be_its_own_and_name_what_it_offers()
    {
        string meeting = nodes.Meeting();
        (IMediaRoom homeRoom, IMediaRoom awayRoom, _, FakeRoom awayFake) = await OpenAsync(meeting);
        RelayHub hub = Away.Get<RelayHub>();
        HostedRoom room = Away.Get<HostedRooms>().Find(meeting)!;
        string statement = Home.Get<OwnStatement>().Text;
        RelayCall good = new()
        {
            Meeting = meeting,
            Row = 4,
            Grant = Home.Get<GrantGate>().FindText(meeting),
            Statement = statement,
            Port = 40000,
            Ufrag = RelayNames.Ufrag(),
            Password = new string('p', 24),
        };
        AssertRefused("grant-malformed", call => call.Grant = "x");
        AssertRefused("grant-node", call => call.Grant = Away.Get<GrantGate>().FindText(meeting));
        AssertRefused("grant-missing", call => call.Meeting = nodes.Meeting());
        AssertRefused("statement-invalid", call => call.Statement = Away.Get<OwnStatement>().Text);
        AssertRefused("statement-invalid", call => call.Statement = statement[..^8] + "AAAAAAAA");
        AssertRefused("statement-invalid", call => call.Port = 40001);
        AssertRefused("statement-invalid", call => call.Ufrag = "s0t1x");
        Assert.Equal("grant-node", hub.Answer("us-sea-1", good, room).Verdict.Rule);
        Assert.Empty(awayFake.Log);
        Assert.Null(hub.Answer(Home.Id, good, room).Verdict);
        Assert.Single(awayFake.Log);
        await homeRoom.DisposeAsync();
        await awayRoom.DisposeAsync();

        void AssertRefused(string rule, Action<RelayCall> spoil)
        {
            RelayCall call = good.Clone();
            spoil(call);
            Assert.Equal(rule, hub.Answer(Home.Id, call, room).Verdict.Rule);
        }
    }

    private static bool IsLeave(string line) => line.StartsWith("leave", StringComparison.Ordinal);

    private static string Row(FakeRoom room) => room.Log.Last(line => line.StartsWith("join", StringComparison.Ordinal)).Split(' ')[2];

    private async Task<(IMediaRoom HomeRoom, IMediaRoom AwayRoom, FakeRoom Home, FakeRoom Away)> OpenAsync(string meeting)
    {
        IMediaRoom homeRoom = await Home.OpenAsync(meeting, Home, [Away.Id]);
        IMediaRoom awayRoom = await Home.OpenAsync(meeting, Away, [Home.Id]);
        return (homeRoom, awayRoom, Home.Media.Room, Away.Media.Room);
    }
}
