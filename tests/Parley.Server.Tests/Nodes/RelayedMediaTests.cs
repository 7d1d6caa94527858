using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Nodes;

/// <summary>Real packets over two nodes, and what stops them.</summary>
public class RelayedMediaTests
{
    private const string Meeting = "eu-fra-00000000000000000001";

    /// <summary>Why a node may carry a meeting no longer.</summary>
    public enum End
    {
        Revocation,
        Expiry,
        Directory,
    }

    [Theory]
    [InlineData(End.Revocation)]
    [InlineData(End.Expiry)]
    [InlineData(End.Directory)]
    public async Task Media_crosses_two_nodes_until_the_grant_ends_and_then_stops_within_a_second_and_leaves_nothing(End end)
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"], realMedia: true);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-sea"];
        IMediaNodeLink link = home.Links.Find(away.Id)!;
        await using IMediaRoom homeRoom = await home.OpenAsync(Meeting, home, [away.Id]);
        await using IMediaRoom awayRoom = await home.OpenAsync(Meeting, away, [home.Id]);
        Assert.Null(await homeRoom.RelayAsync(away.Id));
        using MediaPair pair = await MediaPair.StartAsync(homeRoom, awayRoom);
        await Until.TrueAsync(() => pair.Received > 100, seconds: 20);
        await Until.TrueAsync(() => Statistics(home) is { Relays: [{ Connected: true, Rows: [{ Sent: [{ Packets: > 0 }] }] }] });
        Assert.Equal(1, Statistics(away).Rooms);

        switch (end)
        {
            case End.Revocation:
                Assert.Null(await link.RevokeAsync(home.Sign(home.Grant(Meeting, away, revokes: true))));
                break;
            case End.Expiry:
                Assert.Null(await link.GrantAsync(home.Sign(home.Grant(Meeting, away, [home.Id]) with { Lifetime = 1 })));
                await Task.Delay(1000, TestContext.Current.CancellationToken);
                break;
            default:
                world.Publish(world.Directory with { Nodes = [home.Entry] });
                await Until.TrueAsync(() => away.Get<Parley.Server.Directory.NodeDirectory>().Current.Version == 2);
                break;
        }

        Assert.InRange((await pair.SilenceAsync()).TotalSeconds, 0, 1);
        await Until.TrueAsync(() => Drained(awayRoom) && !Drained(homeRoom), seconds: 2);
        Assert.Equal(0, away.Get<HostedRooms>().Count);
        await Until.TrueAsync(() => Statistics(away) is { Rooms: 0, Transports: [], Relays: [] });
        await Until.TrueAsync(() => Statistics(home).Relays is []);
    }

    [Fact]
    public async Task Media_crosses_three_nodes_in_a_row_until_one_leaves()
    {
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea", "ap-sin"], realMedia: true);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], west = world["us-sea"], east = world["ap-sin"];
        await using IMediaRoom middle = await home.OpenAsync(Meeting, home, [west.Id, east.Id]);
        await using IMediaRoom first = await home.OpenAsync(Meeting, west, [home.Id]);
        await using IMediaRoom last = await home.OpenAsync(Meeting, east, [home.Id]);
        Assert.Equal([null, null], await Task.WhenAll(first.RelayAsync(home.Id), last.RelayAsync(home.Id)));
        Assert.Equal("grant-peer", (await first.RelayAsync(east.Id))!.Rule);
        using MediaPair one = await MediaPair.StartAsync(first, last);
        await Until.TrueAsync(() => one.Received > 100, seconds: 20);
        await Until.TrueAsync(() => Statistics(home).Relays.Count(static relay => relay.Rows is [{ Sent: [{ Packets: > 0 }] }]) == 1);
        Assert.Equal(2, Statistics(home).Relays.Count);

        // The middle holds no transport of anybody; when it leaves one side, the other hears nothing more.
        Assert.Empty(Statistics(home).Transports);
        middle.Unrelay(west.Id);
        Assert.InRange((await one.SilenceAsync()).TotalSeconds, 0, 1);
        await Until.TrueAsync(() => Statistics(west).Relays is [] && Statistics(home).Relays is [_]);
    }

    [Fact]
    public async Task A_relay_is_only_made_to_the_certificate_that_the_statement_names()
    {
        // The away node's statement names another fingerprint than its shard shows: as if somebody stood between.
        await using NodeWorld world = await NodeWorld.StartAsync(["eu-fra", "us-sea"], realMedia: true);
        await world.MeetAsync();
        WorldNode home = world["eu-fra"], away = world["us-sea"];
        IMediaNode media = home.Get<IMediaNode>();
        IRelayLink link = media.OpenLink(media.Addresses[0].Port, new RelayEnds
        {
            Initiates = true,
            LocalUfrag = "r0000000000000001",
            LocalPassword = new string('p', 24),
            RemoteUfrag = "r0000000000000002",
            RemotePassword = new string('q', 24),
            RemoteAddresses = away.Get<IMediaNode>().Addresses,
            RemoteFingerprint = new byte[32],
        });
        IRelayLink answering = away.Get<IMediaNode>().OpenLink(away.Get<IMediaNode>().Addresses[0].Port, new RelayEnds
        {
            Initiates = false,
            LocalUfrag = "r0000000000000002",
            LocalPassword = new string('q', 24),
            RemoteUfrag = "r0000000000000001",
            RemotePassword = new string('p', 24),
            RemoteAddresses = media.Addresses,
            RemoteFingerprint = media.Fingerprint.ToArray(),
        });
        Assert.False(await link.Connected.WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken));
        Assert.Equal(RelayCloseReason.HandshakeFailed, await link.Ended);
        answering.Close();
    }

    private static bool Drained(IMediaRoom room)
    {
        while (room.Events.TryRead(out _))
        {
        }

        return room.Events.Completion.IsCompleted;
    }

    private static ShardStatistics Statistics(WorldNode node) =>
        node.Get<IMediaNode>().Snapshot()[0].Statistics ?? new ShardStatistics { Rooms = 0, DatagramsReceived = 0, DatagramsSent = 0, BytesReceived = 0, BytesSent = 0, Drops = new Dictionary<string, long>(), Transports = [] };
}
