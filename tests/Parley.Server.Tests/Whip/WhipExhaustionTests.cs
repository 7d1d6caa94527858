using System.Net;
using System.Text;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Media;
using Parley.Server.Tests.Problems;
using Parley.Server.Tests.Signalling;
using Parley.Sfu.Rooms;

namespace Parley.Server.Tests.Whip;

public class WhipExhaustionTests
{
    private const int Most = 50;

    /// <summary>That a transport which never connects is closed after 15 s is held in virtual time, beside the shard.</summary>
    [Fact]
    public async Task A_thousand_posts_that_never_connect_stop_at_the_meetings_limit_and_free_their_places()
    {
        await using TestNode node = await TestNode.StartAsync(static options => options with { MaximumParticipants = Most });
        (string meeting, _) = await node.CreateMeetingAsync();
        (string other, _) = await node.CreateMeetingAsync();
        int taken = 0;
        for (int i = 0; i < 1_000; i++)
        {
            using HttpResponseMessage response = await PostAsync(node, meeting);
            if (response.StatusCode == HttpStatusCode.Created)
                taken++;
            else
                await ProblemAssert.IsAsync(response, 503, "meeting-full");
        }

        Assert.Equal(Most, taken);
        await using TestClient elsewhere = await node.JoinAsync(other, "Ada");
        FakeRoom room = node.Media.Rooms.Single(static room => room.Open.Count > 1);
        Assert.Equal(taken, room.Open.Count);

        foreach (TransportId transport in room.Open.Keys)
            room.Raise(new TransportClosed(default, transport, TransportCloseReason.NeverConnected));
        await WaitAsync(async () => (await node.Http.GetStringAsync("/metrics")).Contains("\nparley_sessions 0\n", StringComparison.Ordinal));
        using HttpResponseMessage again = await PostAsync(node, meeting);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(TestNode node, string meeting) =>
        node.Http.PostAsync($"/whip/{meeting}", new StringContent(TestClient.Offer, Encoding.UTF8, "application/sdp"));

    private static async Task WaitAsync(Func<Task<bool>> condition)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(10));
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(20));
        while (!await condition())
            await timer.WaitForNextTickAsync(patience.Token);
    }
}
