using System.Text.Json;
using Parley.Server.Media;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Meetings;

/// <summary>The home crashes and comes back while media goes on elsewhere: what it promised before holds (I3).</summary>
public class HomeRestartTests
{
    private static readonly object NotThroughAmerica = new { deny = new[] { "country:US" } };

    [Fact]
    public async Task A_node_that_a_newcomer_forbids_has_let_go_before_they_are_admitted()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync(tightenLimit: 10_000);
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc");
        FakeLink america = world.Links["us-nyc"];
        await world.CrashAsync();
        Assert.True(america.Holds(meeting));

        await using TestClient bob = await world.Home.ConnectAsync();
        Task<JsonElement> joining = bob.JoinWithAsync(TestWorld.Wish(meeting, "Bob", fence: NotThroughAmerica));
        Assert.Equal("moving", (await bob.NextAsync("joinWaiting")).GetProperty("reason").GetString());
        await Eventually.IsAsync(() => america.IsAsked, "it is told to let go");
        Assert.False(joining.IsCompleted);
        Answer(world);
        await joining;
        Assert.False(america.Holds(meeting));
    }

    [Fact]
    public async Task The_fences_of_those_who_have_not_come_again_yet_hold()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "eu-sto", fence: NotThroughAmerica);
        Assert.Equal("eu-sto", ada.Joined.GetProperty("node").GetProperty("region").GetString());
        await world.CrashAsync();
        Answer(world);
        await using TestClient bob = await world.JoinAsync(meeting, "Bob", near: "us-nyc");
        Assert.StartsWith("eu-", bob.Joined.GetProperty("node").GetProperty("region").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("grant", world.Links["us-nyc"].Log);
    }

    [Fact]
    public async Task Transports_that_nobody_has_come_again_for_end_while_their_fences_hold()
    {
        LeapingTime time = new();
        await using TestWorld world = await TestWorld.StartAsync(time: time);
        (string meeting, _) = await world.CreateAsync();
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc", fence: new { deny = new[] { "country:SE" } });
        FakeLink america = world.Links["us-nyc"];
        (TransportId transport, MediaOffer offer) = america.RoomOf(meeting).Open.Single();
        await world.CrashAsync();
        Answer(world);
        await using TestClient bob = await world.JoinAsync(meeting, "Bob", near: "us-nyc");
        FakeNodeRoom room = america.RoomOf(meeting);
        room.Open[transport] = offer;

        // Seen, but in time; a grant is renewed every 10 s, or the room would end with it.
        foreach (int seconds in new[] { 10, 10, 9 })
        {
            await ReportAsync();
            int calls = america.Log.Count;
            time.Leap(TimeSpan.FromSeconds(seconds));
            await Eventually.IsAsync(() => america.Log.Count > calls || seconds < 10, "the grant is renewed");
        }

        await ReportAsync();
        Assert.True(room.Open.ContainsKey(transport));
        time.Leap(TimeSpan.FromSeconds(3.5));
        await ReportAsync();
        await Eventually.IsAsync(() => !room.Open.ContainsKey(transport), "Ada's transport is closed");
        Assert.True(room.Has(bob.Id));

        // What the room tells in turn shows that the report was read.
        async Task ReportAsync()
        {
            room.Raise(new StatisticsReported(new ShardStatistics
            {
                Rooms = 1,
                DatagramsReceived = 0,
                DatagramsSent = 0,
                BytesReceived = 0,
                BytesSent = 0,
                Drops = new Dictionary<string, long>(),
                Transports = [.. room.Open.Select(static open => new TransportStatistics { Room = default, Transport = open.Key, Participant = open.Value.Participant, Connected = true })],
            }));
            room.Raise(new SpeakersChanged(default, bob.Id, [bob.Id]));
            await bob.NextAsync("speakerChanged");
        }
    }

    [Fact]
    public async Task Nothing_is_remembered_of_nodes_that_have_let_go()
    {
        await using TestWorld world = await TestWorld.StartAsync();
        (string meeting, _) = await world.CreateAsync();
        await using (TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc"))
            await ada.LeaveAsync();
        await Eventually.IsAsync(() => !world.Links["us-nyc"].Holds(meeting), "New York has let go");
        await Eventually.IsAsync(async () => await world.MemoryAsync(meeting) is null, "that is stored");
        await world.CrashAsync();
        Answer(world);
        int calls = world.Links["us-nyc"].Log.Count;
        await using TestClient bob = await world.JoinAsync(meeting, "Bob", fence: NotThroughAmerica);
        Assert.Equal(calls, world.Links["us-nyc"].Log.Count);
    }

    private static void Answer(TestWorld world)
    {
        foreach (FakeLink link in world.Links.Values)
        {
            TaskCompletionSource? hangs = link.Hangs;
            link.Hangs = null;
            hangs?.TrySetResult();
        }
    }
}
