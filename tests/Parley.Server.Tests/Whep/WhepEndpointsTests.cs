using System.Net;
using System.Text;
using Parley.Server.Media;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Media;
using Parley.Server.Tests.Problems;
using Parley.Server.Tests.Signalling;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Whep;

public class WhepEndpointsTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private TestNode Node => fixture.Node;

    [Fact]
    public async Task One_participant_can_be_played()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient ada = await Node.JoinAsync(meeting, "Ada");
        using HttpResponseMessage response = await PostAsync($"/whep/{meeting}/{ada.Id}");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        MediaOffer offer = Player(response);
        Assert.Equal((MediaDirections.Receive, SubscriptionMode.Participant, ada.Id), (offer.Directions, offer.Mode, offer.Subject));

        // A player is nobody's neighbour.
        await ada.CallAsync("rename", new { name = "Ada" });
        Assert.DoesNotContain(ada.Untaken(), static name => name != "routeChanged");
        using HttpResponseMessage deleted = await Node.Http.DeleteAsync(response.Headers.Location!);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
    }

    [Fact]
    public async Task A_whole_meeting_can_be_played()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpResponseMessage response = await PostAsync($"/whep/{meeting}");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal((SubscriptionMode.Automatic, null), (Player(response).Mode, Player(response).Subject));
    }

    [Fact]
    public async Task A_participant_who_is_not_there_cannot_be_played()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpResponseMessage response = await PostAsync($"/whep/{meeting}/p_nobody");
        await ProblemAssert.IsAsync(response, 404, "participant-unknown");
    }

    [Fact]
    public async Task A_player_session_is_no_publisher_session()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpResponseMessage response = await PostAsync($"/whep/{meeting}");
        using HttpResponseMessage patched = await Node.Http.PatchAsync(response.Headers.Location!, new StringContent("x"));
        await ProblemAssert.IsAsync(patched, 405, "trickle-unsupported");
        using HttpResponseMessage unknown = await Node.Http.DeleteAsync($"/whep/{meeting}/secret/v_x");
        await ProblemAssert.IsAsync(unknown, 404, "session-unknown");
    }

    [Fact]
    public async Task The_room_goes_when_the_last_player_goes()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpResponseMessage response = await PostAsync($"/whep/{meeting}");
        FakeRoom room = Node.Media.Room;
        using HttpResponseMessage deleted = await Node.Http.DeleteAsync(response.Headers.Location!);
        Assert.True(room.IsDisposed);
    }

    private MediaOffer Player(HttpResponseMessage response)
    {
        string id = response.Headers.Location!.ToString().Split('/')[^1];
        return Node.Media.Rooms.SelectMany(room => room.Open.Values).Single(offer => offer.Participant == id);
    }

    private Task<HttpResponseMessage> PostAsync(string path) => Node.Http.PostAsync(path, new StringContent(TestClient.Offer, Encoding.UTF8, "application/sdp"));
}
