using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Parley.Rtc.Sdp;
using Parley.Server.Media;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Media;
using Parley.Server.Tests.Problems;
using Parley.Server.Tests.Signalling;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Whip;

public class WhipEndpointsTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private TestNode Node => fixture.Node;

    private HttpClient Http => fixture.Node.Http;

    [Fact]
    public async Task A_publisher_gets_an_answer_and_a_location()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpResponseMessage response = await PostAsync($"/whip/{meeting}", TestClient.Offer);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("application/sdp", response.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("v=0 answer", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        string participant = response.Headers.Location!.ToString().Split('/')[^1];
        MediaOffer offer = Offer(participant);
        Assert.Equal((MediaDirections.Publish, TestClient.Offer), (offer.Directions, offer.Sdp));
    }

    [Fact]
    public async Task A_publisher_appears_with_its_media_and_goes_with_DELETE()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient ada = await Node.JoinAsync(meeting, "Ada");
        using HttpResponseMessage response = await PostAsync($"/whip/{meeting}?participant=obs-1", TestClient.Offer);
        Uri location = response.Headers.Location!;
        Assert.EndsWith("/obs-1", location.ToString(), StringComparison.Ordinal);
        FakeRoom room = Room("obs-1");
        TransportId transport = room.TransportOf("obs-1");
        room.Raise(new TransportConnected(default, transport));
        Assert.Equal("obs-1", (await ada.NextAsync("participantJoined")).GetProperty("id").GetString());

        using HttpResponseMessage deleted = await Http.DeleteAsync(location);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal("obs-1", (await ada.NextAsync("participantLeft")).GetProperty("id").GetString());
        Assert.False(room.Open.ContainsKey(transport));
        using HttpResponseMessage again = await Http.DeleteAsync(location);
        await ProblemAssert.IsAsync(again, 404, "session-unknown");
    }

    [Fact]
    public async Task A_session_ends_with_its_transport()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        await using TestClient ada = await Node.JoinAsync(meeting, "Ada");
        using HttpResponseMessage response = await PostAsync($"/whip/{meeting}?participant=cam", TestClient.Offer);
        FakeRoom room = Room("cam");
        TransportId transport = room.TransportOf("cam");
        room.Raise(new TransportConnected(default, transport));
        room.Raise(new TransportClosed(default, transport, TransportCloseReason.PeerClosed));
        await ada.NextAsync("participantLeft");
        using HttpResponseMessage gone = await Http.DeleteAsync(response.Headers.Location!);
        await ProblemAssert.IsAsync(gone, 404, "session-unknown");
    }

    [Fact]
    public async Task Knowing_a_publishers_id_does_not_end_it()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpResponseMessage response = await PostAsync($"/whip/{meeting}?participant=cam", TestClient.Offer);
        using HttpResponseMessage guessed = await Http.DeleteAsync($"/whip/{meeting}/guess/cam");
        await ProblemAssert.IsAsync(guessed, 404, "session-unknown");
        Assert.NotEmpty(Room("cam").Open);
    }

    [Fact]
    public async Task An_id_is_taken_once()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpResponseMessage first = await PostAsync($"/whip/{meeting}?participant=cam", TestClient.Offer);
        using HttpResponseMessage second = await PostAsync($"/whip/{meeting}?participant=cam", TestClient.Offer);
        await ProblemAssert.IsAsync(second, 409, "participant-taken");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("..%2f")]
    [InlineData("%3Cscript%3E")]
    [InlineData("")]
    public async Task An_id_that_is_no_id_is_refused(string id)
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpResponseMessage response = await PostAsync($"/whip/{meeting}?participant={id}", TestClient.Offer);
        await ProblemAssert.IsAsync(response, 400, "invalid-field");
    }

    [Fact]
    public async Task Bodies_that_are_no_offer_are_refused()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpResponseMessage text = await PostAsync($"/whip/{meeting}", TestClient.Offer, "text/plain");
        await ProblemAssert.IsAsync(text, 415, "content-type-unsupported");
        Assert.Equal("application/sdp", text.Headers.GetValues("Accept-Post").Single());
        using HttpResponseMessage empty = await PostAsync($"/whip/{meeting}", "");
        await ProblemAssert.IsAsync(empty, 400, "offer-refused");
        using HttpResponseMessage nonsense = await PostAsync($"/whip/{meeting}", "hello");
        await ProblemAssert.IsAsync(nonsense, 400, "offer-refused");
        using HttpResponseMessage large = await PostAsync($"/whip/{meeting}", new string('v', SdpLimits.MaximumLength + 1));
        await ProblemAssert.IsAsync(large, 413, "offer-too-large");
        using HttpResponseMessage megabyte = await PostAsync($"/whip/{meeting}", new string('v', 1_000_000));
        await ProblemAssert.IsAsync(megabyte, 413, "body-too-large");
        using HttpResponseMessage unknown = await PostAsync("/whip/local-00000000000000000000", TestClient.Offer);
        await ProblemAssert.IsAsync(unknown, 404, "meeting-unknown");
    }

    [Fact]
    public async Task A_body_of_untold_length_is_bounded_too()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, $"/whip/{meeting}") { Content = new StringContent(new string('v', SdpLimits.MaximumLength + 1)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/sdp");
        request.Headers.TransferEncodingChunked = true;
        using HttpResponseMessage response = await Http.SendAsync(request);
        await ProblemAssert.IsAsync(response, 413, "offer-too-large");
    }

    [Fact]
    public async Task Trickling_is_refused_as_the_RFC_says()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpResponseMessage started = await PostAsync($"/whip/{meeting}", TestClient.Offer);
        using StringContent fragment = new("a=ice-ufrag:x", Encoding.UTF8, "application/trickle-ice-sdpfrag");
        using HttpResponseMessage response = await Http.PatchAsync(started.Headers.Location!, fragment);
        await ProblemAssert.IsAsync(response, 405, "trickle-unsupported");
        Assert.Contains("DELETE", response.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_page_of_another_origin_may_publish()
    {
        (string meeting, _) = await Node.CreateMeetingAsync();
        using HttpRequestMessage preflight = new(HttpMethod.Options, $"/whip/{meeting}");
        preflight.Headers.Add("Origin", "https://example.org");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using HttpResponseMessage allowed = await Http.SendAsync(preflight);
        Assert.True(allowed.IsSuccessStatusCode);
        Assert.Equal("*", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("application/sdp", allowed.Headers.GetValues("Accept-Post").Single());

        using HttpRequestMessage plain = new(HttpMethod.Options, $"/whip/{meeting}");
        using HttpResponseMessage options = await Http.SendAsync(plain);
        Assert.True(options.IsSuccessStatusCode);
        Assert.Equal("application/sdp", options.Headers.GetValues("Accept-Post").Single());

        using HttpRequestMessage post = new(HttpMethod.Post, $"/whip/{meeting}") { Content = new StringContent(TestClient.Offer, null, "application/sdp") };
        post.Headers.Add("Origin", "https://example.org");
        using HttpResponseMessage started = await Http.SendAsync(post);
        Assert.Contains("Location", started.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    private MediaOffer Offer(string participant) => Room(participant).Open.Values.Single(offer => offer.Participant == participant);

    private FakeRoom Room(string participant) => Node.Media.Rooms.Last(room => room.Open.Values.Any(offer => offer.Participant == participant));

    private Task<HttpResponseMessage> PostAsync(string path, string body, string type = "application/sdp") =>
        Http.PostAsync(path, new StringContent(body, Encoding.UTF8, type));
}
