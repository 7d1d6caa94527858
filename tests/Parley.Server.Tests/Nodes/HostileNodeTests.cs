using Grpc.Core;
using Parley.Routing.Directory;
using Parley.Server.Directory;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Nodes.Wire;

namespace Parley.Server.Tests.Nodes;

/// <summary>A node of Seattle with a valid key wants what it was not given. It says what it likes on real connections; the others are as they always are.</summary>
public sealed class HostileNodeTests
{
    private const string Meeting = "eu-fra-00000000000000000001";

    private static readonly string[] Regions = ["eu-fra", "eu-ams", "us-sea"];

    [Fact]
    public async Task It_relays_onward_to_nobody_who_was_not_granted_the_meeting_with_it()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], ams = world["eu-ams"], sea = world["us-sea"];
        await using IMediaRoom seaRoom = await home.OpenAsync(Meeting, sea, [home.Id]);
        using Caller hostile = new(sea.Key, ams);
        RelayCall call = CallOf(sea, Meeting);
        Assert.Equal("grant-missing", (await hostile.Calls.RelayAsync(call)).Verdict.Rule);

        // Granted, but not as neighbours: each knows only the home.
        await using IMediaRoom amsRoom = await home.OpenAsync(Meeting, ams, [home.Id]);
        Verdict refused = (await hostile.Calls.RelayAsync(call)).Verdict;
        Assert.Equal(("grant-peer", "The grants do not name 'eu-ams-1' and 'us-sea-1' as each other's peers."), (refused.Rule, refused.Sentence));
        Assert.Equal("grant-peer", (await seaRoom.RelayAsync(ams.Id))!.Rule);
        Assert.Empty(ams.Media.Links);
        Assert.Empty(ams.Media.Room.Log);
    }

    [Fact]
    public async Task Another_nodes_grant_or_statement_is_not_its_own()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], ams = world["eu-ams"], sea = world["us-sea"];
        await using IMediaRoom homeRoom = await home.OpenAsync(Meeting, home, [ams.Id]);
        await using IMediaRoom amsRoom = await home.OpenAsync(Meeting, ams, [home.Id]);
        using Caller hostile = new(sea.Key, ams);

        // The home's papers, which name Amsterdam as its neighbour: in order, but not the caller's.
        RelayCall borrowed = CallOf(sea, Meeting);
        borrowed.Grant = home.Get<GrantGate>().FindText(Meeting)!;
        borrowed.Statement = home.Get<OwnStatement>().Text;
        Verdict refused = (await hostile.Calls.RelayAsync(borrowed)).Verdict;
        Assert.Equal(("grant-node", $"The grant that 'us-sea-1' shows is not its own for meeting '{Meeting}'."), (refused.Rule, refused.Sentence));
        Assert.Equal("grant-node", (await hostile.GrantAsync(borrowed.Grant)).Rule);

        // Nor does it end, drive or leave what others have.
        await hostile.Calls.UnrelayAsync(new UnrelayCall { Meeting = Meeting });
        Assert.Equal("grant-home", (await hostile.GrantAsync(sea.Sign(sea.Grant(Meeting, ams, revokes: true)))).Rule);
        using AsyncDuplexStreamingCall<RoomCommand, RoomNews> room = hostile.Calls.Room();
        await room.RequestStream.WriteAsync(new RoomCommand { Call = 1, Open = Meeting });
        RpcException driven = await Assert.ThrowsAsync<RpcException>(() => room.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal((StatusCode.PermissionDenied, "Node 'us-sea-1' is no control node of the meeting's home."), (driven.StatusCode, driven.Status.Detail));
        Assert.Null(ams.Get<GrantGate>().Check(Meeting));
        Assert.Empty(ams.Media.Links);
    }

    [Fact]
    public async Task A_statement_of_another_region_is_believed_neither_of_a_ping_nor_at_a_relay()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(Regions);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], ams = world["eu-ams"], sea = world["us-sea"];
        await using IMediaRoom seaRoom = await home.OpenAsync(Meeting, sea, [ams.Id]);
        await using IMediaRoom amsRoom = await home.OpenAsync(Meeting, ams, [sea.Id]);

        // Signed by its own key, as it should be; only the region is not so.
        using Caller hostile = new(sea.Key, ams);
        RelayCall call = CallOf(sea, Meeting);
        string sound = call.Statement;
        call.Statement = Claim(sea, "eu-ams");
        Verdict refused = (await hostile.Calls.RelayAsync(call)).Verdict;
        Assert.Equal(("statement-invalid", "The statement says node 'us-sea-1' in region 'eu-ams'; the directory says node 'us-sea-1' in region 'us-sea'."), (refused.Rule, refused.Sentence));
        call.Statement = sound;
        Assert.Null((await hostile.Calls.RelayAsync(call)).Verdict);

        // The same in its answers to pings, which the home passes on to clients: here it believes a directory of its own.
        string before = home.Links.Find(sea.Id)!.Statement!;
        RegionDirectory own = world.Directory with { Version = 9, Nodes = [.. world.Directory.Nodes.Select(node => node.Id == sea.Id ? node with { Region = "eu-ams" } : node)] };
        Assert.Null(sea.Get<NodeDirectory>().Accept(DirectorySigner.Sign(own, world.Operator)));
        Assert.NotEqual(before, sea.Get<OwnStatement>().Text);
        using Caller honest = new(home.Key, sea);
        using AsyncDuplexStreamingCall<PingCall, PingAnswer> ping = honest.Calls.Ping();
        await ping.RequestStream.WriteAsync(new PingCall { Number = 1 });
        Assert.True(await ping.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(sea.Get<OwnStatement>().Text, ping.ResponseStream.Current.Statement);
        await Task.Delay(PeerPinger.Period * 2, TestContext.Current.CancellationToken);
        Assert.Equal((true, before, "us-sea"), (home.Links.Find(sea.Id)!.IsAlive, home.Links.Find(sea.Id)!.Statement, home.Links.Find(sea.Id)!.Region));
    }

    [Fact]
    public async Task A_revoked_key_loses_a_relay_that_carries_media_within_a_second_whatever_its_holder_believes()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"], realMedia: true);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], sea = world["us-sea"];
        await using IMediaRoom homeRoom = await home.OpenAsync(Meeting, home, [sea.Id]);
        await using IMediaRoom seaRoom = await home.OpenAsync(Meeting, sea, [home.Id]);
        Assert.Null(await homeRoom.RelayAsync(sea.Id));
        using MediaPair pair = await MediaPair.StartAsync(homeRoom, seaRoom);
        await Until.TrueAsync(() => pair.Received > 100, seconds: 20);

        // Its holder goes on with the directory that it has.
        RegionDirectory revoked = world.Directory with { Version = 2, Revoked = [sea.Entry.Key] };
        Assert.Null(home.Get<NodeDirectory>().Accept(DirectorySigner.Sign(revoked, world.Operator)));
        Assert.InRange((await pair.SilenceAsync()).TotalSeconds, 0, 1);
        await Until.TrueAsync(() => home.Get<IMediaNode>().Snapshot()[0].Statistics?.Relays is []);
        Assert.Equal(1, sea.Get<NodeDirectory>().Current.Version);
        using Caller thief = new(sea.Key, home);
        RpcException shut = await Assert.ThrowsAsync<RpcException>(async () => await thief.Calls.RelayAsync(CallOf(sea, Meeting)));
        Assert.NotEqual(StatusCode.OK, shut.StatusCode);
    }

    private static RelayCall CallOf(WorldNode node, string meeting) => new()
    {
        Meeting = meeting,
        Row = 4,
        Grant = node.Get<GrantGate>().FindText(meeting) ?? "",
        Statement = node.Get<OwnStatement>().Text,
        Port = node.Get<IMediaNode>().Addresses[0].Port,
        Ufrag = RelayNames.Ufrag(),
        Password = new string('p', 24),
    };

    private static string Claim(WorldNode node, string region)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        NodeStatement said = new()
        {
            Node = node.Id,
            Region = region,
            Fingerprint = Fingerprints.Write(node.Get<IMediaNode>().Fingerprint.Span),
            Addresses = [.. node.Get<IMediaNode>().Addresses.Select(static address => new NodeAddress(address.ToIPAddress().ToString(), address.Port, "udp"))],
            Issued = now,
            Expires = now + 600,
        };
        return NodeStatementSigner.Sign(said, node.Key);
    }
}
