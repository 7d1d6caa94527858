using Parley.Routing.Geofences;
using Parley.Routing.Grants;
using Parley.Server.Media;
using Parley.Server.Nodes;
using Parley.Server.Problems;
using Parley.Server.Tests.Media;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Nodes;

/// <summary>Rooms on another node over its control endpoint: what a grant opens, and what nothing opens.</summary>
public sealed class RemoteRoomTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const string Offer = "v=0\r\nm=audio\r\nm=video\r\n";

    private WorldNode Home => nodes.Home;

    private WorldNode Away => nodes.Away;

    private IMediaNodeLink Link => Home.Links.Find(Away.Id)!;

    [Fact]
    public async Task Without_a_grant_there_is_no_room()
    {
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(() => Link.OpenRoomAsync(nodes.Meeting()));
        Assert.Equal(("grant-missing", 403), (refused.Code, refused.Status));
        ProblemException local = await Assert.ThrowsAsync<ProblemException>(() => Home.Links.Find(Home.Id)!.OpenRoomAsync(nodes.Meeting()));
        Assert.Equal("grant-missing", local.Code);
    }

    [Fact]
    public async Task A_room_far_away_does_what_one_here_does()
    {
        await using IMediaRoom room = await Home.OpenAsync(nodes.Meeting(), Away);
        MediaAnswer answer = await room.ConnectAsync(new MediaOffer
        {
            Participant = "p_ada",
            Sdp = Offer,
            Sources = new Dictionary<string, SourceKind> { ["0"] = SourceKind.ScreenAudio },
            Directions = MediaDirections.Receive,
            Mode = SubscriptionMode.Participant,
            Subject = "p_bob",
            Since = 7,
        });
        Assert.Equal((Away.Id, true, true), (room.Node, answer.Audio, answer.Video));
        FakeRoom fake = Away.Media.Room;
        MediaOffer arrived = fake.Open[answer.Transport];
        Assert.Equal(("p_ada", Offer, SourceKind.ScreenAudio, MediaDirections.Receive), (arrived.Participant, arrived.Sdp, arrived.Sources["0"], arrived.Directions));
        Assert.Equal((SubscriptionMode.Participant, "p_bob", 7L), (arrived.Mode, arrived.Subject, arrived.Since));

        room.SetMuted(answer.Transport, SourceKind.Camera, true);
        room.SetView(answer.Transport, [new SourceWish(new SourceId("p_bob", SourceKind.Screen), 720)]);
        Assert.StartsWith("v=0 again", await room.RenegotiateAsync(answer.Transport, Offer, new Dictionary<string, SourceKind>()), StringComparison.Ordinal);
        room.Close(answer.Transport);
        long id = answer.Transport.Value;
        await Until.TrueAsync(() => fake.Log.Count == 5);
        Assert.Equal(["connect p_ada", $"mute {id} Camera True", $"view {id} p_bob/Screen@720", $"renegotiate {id}", $"close {id}"], fake.Log);
    }

    [Fact]
    public async Task What_happens_far_away_is_told_in_order()
    {
        await using IMediaRoom room = await Home.OpenAsync(nodes.Meeting(), Away);
        SourceId source = new("p_bob", SourceKind.Screen);
        TransportStatistics figures = new() { Room = default, Transport = new TransportId(3), Participant = "p_bob", Connected = true, RoundTrip = 12.5, UplinkLoss = 0.25, DownlinkLoss = 0.5, ReceiveBitrate = 8, SendBitrate = 9 };
        ShardEvent[] raised =
        [
            new TransportConnected(default, new TransportId(3)),
            new SourceStarted(default, new TransportId(3), source) { Relay = new RelayLinkId(4) },
            new SlotChanged(default, new TransportId(3), "2", source, 4_000_000_000),
            new SlotChanged(default, new TransportId(3), "2", null, 0),
            new SourceStopped(default, new TransportId(3), source),
            new TransportClosed(default, new TransportId(3), TransportCloseReason.ConsentExpired),
        ];
        foreach (ShardEvent news in raised)
            Away.Media.Room.Raise(news);
        Away.Media.Room.Raise(new SpeakersChanged(default, null, ["p_bob", "p_ada"]));
        Away.Media.Room.Raise(new StatisticsReported(new ShardStatistics { Rooms = 9, DatagramsReceived = 9, DatagramsSent = 9, BytesReceived = 9, BytesSent = 9, Drops = new Dictionary<string, long>(), Transports = [figures] }));
        foreach (ShardEvent expected in raised)
            Assert.Equal(expected, await NextAsync(room));
        SpeakersChanged speakers = Assert.IsType<SpeakersChanged>(await NextAsync(room));
        Assert.Null(speakers.Dominant);
        Assert.Equal(["p_bob", "p_ada"], speakers.Audible);
        Assert.Equal([figures], Assert.IsType<StatisticsReported>(await NextAsync(room)).Statistics.Transports);
    }

    [Fact]
    public async Task A_refused_offer_is_the_same_problem_as_on_this_node()
    {
        await using IMediaRoom room = await Home.OpenAsync(nodes.Meeting(), Away);
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(() => room.ConnectAsync(new MediaOffer { Participant = "p", Sdp = "nonsense" }));
        Assert.Equal(("offer-refused", 400, "The offer does not begin with v=0."), (refused.Code, refused.Status, refused.Message));
    }

    [Fact]
    public async Task Grants_that_are_not_for_this_node_region_or_meeting_are_refused_by_their_rule()
    {
        string meeting = nodes.Meeting();
        RouteGrant good = Home.Grant(meeting, Away);
        Assert.Equal("grant-node", (await Link.GrantAsync(Home.Sign(Home.Grant(meeting, Home))))!.Rule);
        Assert.Equal("grant-region", (await Link.GrantAsync(Home.Sign(good with { Region = "eu-fra" })))!.Rule);
        Assert.Equal("grant-home", (await Link.GrantAsync(Home.Sign(good with { Meeting = "us-sea-00000000000000000001" })))!.Rule);
        Assert.Equal("grant-stale", (await Link.GrantAsync(Home.Sign(good with { Issued = good.Issued - 600 })))!.Rule);
        Assert.Equal("grant-signature", (await Link.GrantAsync(Away.Sign(good)))!.Rule);
        Assert.Equal("grant-malformed", (await Link.GrantAsync("x"))!.Rule);
        ScopedGeofence fence = new(GeofenceScope.Meeting, new Geofence { Deny = ["country:US"] });
        Assert.Equal("grant-outside-fence", (await Link.GrantAsync(Home.Sign(Home.Grant(meeting, Away, fences: [fence]))))!.Rule);
        await Assert.ThrowsAsync<ProblemException>(() => Link.OpenRoomAsync(meeting));
        Assert.Null(await Link.GrantAsync(Home.Sign(good)));
        Assert.Equal("grant-superseded", (await Link.GrantAsync(Home.Sign(good)))!.Rule);
    }

    [Fact]
    public async Task A_revocation_ends_the_room_before_it_is_answered_and_a_replayed_grant_opens_nothing()
    {
        string meeting = nodes.Meeting();
        string grant = Home.Sign(Home.Grant(meeting, Away));
        Assert.Null(await Link.GrantAsync(grant));
        await using IMediaRoom room = await Link.OpenRoomAsync(meeting);
        FakeRoom fake = Away.Media.Room;
        Assert.Null(await Link.RevokeAsync(Home.Sign(Home.Grant(meeting, Away, revokes: true))));
        Assert.True(fake.IsDisposed);
        await room.Events.Completion.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("grant-revoked", room.End!.Rule);
        ProblemException over = await Assert.ThrowsAsync<ProblemException>(() => room.ConnectAsync(new MediaOffer { Participant = "p", Sdp = Offer }));
        Assert.Contains(over.Code, (string[])["grant-revoked", "grant-missing", "node-unreachable"]);
        Assert.Equal("grant-superseded", (await Link.GrantAsync(grant))!.Rule);
        await Assert.ThrowsAsync<ProblemException>(() => Link.OpenRoomAsync(meeting));
    }

    [Fact]
    public async Task A_grant_that_is_not_renewed_ends_its_room_within_a_second_of_its_end()
    {
        string meeting = nodes.Meeting();
        Assert.Null(await Link.GrantAsync(Home.Sign(Home.Grant(meeting, Away) with { Lifetime = 1 })));
        await using IMediaRoom room = await Link.OpenRoomAsync(meeting);
        FakeRoom fake = Away.Media.Room;
        TimeSpan took = await Until.TrueAsync(() => fake.IsDisposed);
        Assert.InRange(took.TotalSeconds, 0.5, 2);
        await room.Events.Completion.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("grant-missing", room.End!.Rule);
    }

    [Fact]
    public async Task A_renewed_grant_keeps_its_room()
    {
        string meeting = nodes.Meeting();
        Assert.Null(await Link.GrantAsync(Home.Sign(Home.Grant(meeting, Away) with { Lifetime = 1 })));
        await using IMediaRoom room = await Link.OpenRoomAsync(meeting);
        FakeRoom fake = Away.Media.Room;
        for (int i = 0; i < 4; i++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            Assert.Null(await Link.GrantAsync(Home.Sign(Home.Grant(meeting, Away) with { Lifetime = 1 })));
            Assert.False(fake.IsDisposed);
        }
    }

    [Fact]
    public async Task Only_a_control_node_of_the_meetings_home_takes_charge_of_its_room()
    {
        // The away node is granted the meeting, and asks the home's room of it: its own region is not the home.
        string meeting = nodes.Meeting();
        await using IMediaRoom room = await Home.OpenAsync(meeting, Home);
        ProblemException refused = await Assert.ThrowsAsync<ProblemException>(() => Away.Links.Find(Home.Id)!.OpenRoomAsync(meeting));
        Assert.Contains("no control node of the meeting's home", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_stream_leaves_the_room_and_another_takes_charge_of_it()
    {
        string meeting = nodes.Meeting();
        IMediaRoom first = await Home.OpenAsync(meeting, Away);
        FakeRoom fake = Away.Media.Room;
        await using IMediaRoom second = await Link.OpenRoomAsync(meeting);
        await first.Events.Completion.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Null(first.End);
        await second.ConnectAsync(new MediaOffer { Participant = "p", Sdp = Offer });
        Assert.Same(fake, Away.Media.Room);
        await first.DisposeAsync();
        Assert.False(fake.IsDisposed);
        await second.DisposeAsync();
        await Until.TrueAsync(() => fake.IsDisposed);
    }

    private static async Task<ShardEvent> NextAsync(IMediaRoom room)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(5));
        return await room.Events.ReadAsync(patience.Token);
    }
}
