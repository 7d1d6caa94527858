using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Media;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Signalling;

public class MeetingHubTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private TestNode Node => fixture.Node;

    [Fact]
    public async Task The_first_one_finds_itself_alone()
    {
        (string meeting, _) = await Node.CreateMeetingAsync("Planning");
        await using TestClient ada = await Node.JoinAsync(meeting, " Ada ");
        Assert.StartsWith("p_", ada.Id, StringComparison.Ordinal);
        Assert.StartsWith("v=0 answer", ada.Joined.GetProperty("answer").GetString(), StringComparison.Ordinal);
        JsonElement facts = ada.Joined.GetProperty("meeting");
        Assert.Equal((meeting, "Planning", "off"), (facts.GetProperty("id").GetString(), facts.GetProperty("title").GetString(), facts.GetProperty("e2ee").GetString()));
        JsonElement self = Assert.Single(ada.Joined.GetProperty("participants").EnumerateArray());
        Assert.Equal("Ada", self.GetProperty("name").GetString());
        Assert.True(self.GetProperty("microphone").GetBoolean());
        Assert.False(self.GetProperty("camera").GetBoolean());
        Assert.Empty(ada.Joined.GetProperty("slots").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, ada.Joined.GetProperty("speaker").ValueKind);
    }

    [Fact]
    public async Task Two_see_each_other_come_change_and_go()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient ada = await Node.JoinAsync(meeting, "Ada");
        await using TestClient bob = await Node.JoinAsync(meeting, "Bob");
        Assert.Equal(["Ada", "Bob"], bob.Joined.GetProperty("participants").EnumerateArray().Select(person => person.GetProperty("name").GetString()!));

        JsonElement joined = await ada.NextAsync("participantJoined");
        Assert.Equal((bob.Id, "Bob"), (joined.GetProperty("id").GetString(), joined.GetProperty("name").GetString()));
        Assert.True(joined.GetProperty("since").GetInt64() > ada.Joined.GetProperty("participants")[0].GetProperty("since").GetInt64());

        await bob.CallAsync("rename", new { name = "Robert" });
        Assert.Equal("Robert", (await ada.NextAsync("participantUpdated")).GetProperty("name").GetString());
        await bob.CallAsync("media", new { microphone = false, camera = true });
        JsonElement updated = await ada.NextAsync("participantUpdated");
        Assert.False(updated.GetProperty("microphone").GetBoolean());
        Assert.True(updated.GetProperty("camera").GetBoolean());

        await bob.LeaveAsync();
        Assert.Equal(bob.Id, (await ada.NextAsync("participantLeft")).GetProperty("id").GetString());
        Assert.Empty(bob.Untaken());
    }

    [Fact]
    public async Task What_a_client_wants_reaches_its_room()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient ada = await Node.JoinAsync(meeting, "Ada");
        FakeRoom room = RoomOf(ada);
        long transport = room.TransportOf(ada.Id).Value;
        Assert.Equal([$"mute {transport} Microphone False", $"mute {transport} Camera True"], room.Log.Skip(1));

        await ada.CallAsync("view", new { wishes = new[] { new { participant = "p_x", source = "camera", height = 360 }, new { participant = "p_y", source = "screen", height = 1080 } } });
        Assert.Equal($"view {transport} p_x/Camera@360 p_y/Screen@1080", room.Log.Last());
        JsonElement answer = await ada.CallAsync("negotiate", new { offer = TestClient.Offer, tracks = new { } });
        Assert.Equal($"v=0 again {transport}", answer.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task A_new_peer_connection_retires_the_old_one_once_it_carries_media()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient ada = await Node.JoinAsync(meeting, "Ada");
        FakeRoom room = RoomOf(ada);
        TransportId old = room.TransportOf(ada.Id);
        await ada.CallAsync("negotiate", new { offer = TestClient.Offer, tracks = new { }, restart = true });
        TransportId made = room.TransportOf(ada.Id);
        Assert.NotEqual(old, made);
        Assert.True(room.Open.ContainsKey(old));

        // What the old one still tells is nobody's affair any more.
        room.Raise(new SlotChanged(default, old, "3", new SourceId("p_old", SourceKind.Camera), 1));
        room.Raise(new TransportConnected(default, made));
        room.Raise(new SlotChanged(default, made, "3", new SourceId("p_x", SourceKind.Camera), 77));
        JsonElement slot = await ada.NextAsync("slotChanged");
        Assert.Equal(("3", "p_x", "camera", 77u), (slot.GetProperty("mid").GetString(), slot.GetProperty("participant").GetString(), slot.GetProperty("source").GetString(), slot.GetProperty("from").GetUInt32()));
        Assert.False(room.Open.ContainsKey(old));
        Assert.True(room.Open.ContainsKey(made));
    }

    [Fact]
    public async Task What_happens_in_the_room_is_told()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient ada = await Node.JoinAsync(meeting, "Ada");
        FakeRoom room = RoomOf(ada);
        room.Raise(new SpeakersChanged(default, ada.Id, [ada.Id, "p_x"]));
        JsonElement speaker = await ada.NextAsync("speakerChanged");
        Assert.Equal(ada.Id, speaker.GetProperty("dominant").GetString());
        Assert.Equal(2, speaker.GetProperty("audible").GetArrayLength());

        TransportId transport = room.TransportOf(ada.Id);
        room.Raise(Report(transport, ada.Id, loss: 0.2));
        Assert.Equal(1, (await ada.NextAsync("quality")).GetProperty("levels").GetProperty(ada.Id).GetInt32());

        room.Raise(new SlotChanged(default, transport, "4", null, 0));
        Assert.Equal(JsonValueKind.Null, (await ada.NextAsync("slotChanged")).GetProperty("participant").ValueKind);

        room.Raise(new TransportClosed(default, transport, TransportCloseReason.ConsentExpired));
        Assert.Equal("consent-expired", (await ada.NextAsync("mediaLost")).GetProperty("reason").GetString());
        JsonElement refused = await ada.RefusedAsync("negotiate", new { offer = TestClient.Offer, tracks = new { } });
        Assert.Equal("offer-refused", refused.GetProperty("code").GetString());
        await ada.CallAsync("negotiate", new { offer = TestClient.Offer, tracks = new { }, restart = true });
    }

    [Fact]
    public async Task A_host_changes_and_ends_the_meeting_before_everyones_eyes()
    {
        (string meeting, string hostKey) = await Node.CreateMeetingAsync();
        await using TestClient ada = await Node.JoinAsync(meeting, "Ada");
        FakeRoom room = RoomOf(ada);
        await PatchAsync(meeting, hostKey, new { title = "Retro", locked = true });
        JsonElement changed = await ada.NextAsync("meetingChanged");
        Assert.Equal("Retro", changed.GetProperty("title").GetString());
        Assert.True(changed.GetProperty("locked").GetBoolean());

        await using TestClient bob = await Node.ConnectAsync();
        JsonElement locked = await bob.RefusedAsync("join", new { meeting, name = "Bob", offer = TestClient.Offer });
        Assert.Equal(("meeting-locked", 403), (locked.GetProperty("code").GetString(), locked.GetProperty("status").GetInt32()));

        await PatchAsync(meeting, hostKey, new { ended = true });
        Assert.Equal("host", (await ada.NextAsync("ended")).GetProperty("reason").GetString());
        Assert.True(room.IsDisposed);
        JsonElement over = await bob.RefusedAsync("join", new { meeting, name = "Bob", offer = TestClient.Offer });
        Assert.Equal("meeting-ended", over.GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_last_one_takes_the_room_along()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient ada = await Node.JoinAsync(meeting, "Ada");
        FakeRoom room = RoomOf(ada);
        await ada.LeaveAsync();
        Assert.True(room.IsDisposed);

        // The same connection may come again.
        await ada.JoinAsync(meeting, "Ada");
        Assert.False(RoomOf(ada).IsDisposed);
    }

    private static StatisticsReported Report(TransportId transport, string participant, double loss) => new(new ShardStatistics
    {
        Rooms = 1,
        DatagramsReceived = 0,
        DatagramsSent = 0,
        BytesReceived = 0,
        BytesSent = 0,
        Drops = new Dictionary<string, long>(),
        Transports = [new TransportStatistics { Room = default, Transport = transport, Participant = participant, Connected = true, UplinkLoss = loss }],
    });

    private FakeRoom RoomOf(TestClient client) => Node.Media.Rooms.Single(room => room.Open.Values.Any(offer => offer.Participant == client.Id));

    private async Task PatchAsync(string id, string hostKey, object body)
    {
        using HttpRequestMessage request = new(HttpMethod.Patch, $"/api/v1/meetings/{id}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hostKey);
        using HttpResponseMessage response = await Node.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
