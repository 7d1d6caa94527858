using System.Text.Json;
using Parley.Server.Tests.Hosting;
using Parley.Server.Tests.Media;

namespace Parley.Server.Tests.Signalling;

public class ResumeTests
{
    [Fact]
    public async Task A_lost_connection_keeps_its_place_and_gets_it_back()
    {
        await using TestNode node = await TestNode.StartAsync();
        (string meeting, _) = await node.CreateMeetingAsync();
        TestClient ada = await node.JoinAsync(meeting, "Ada");
        await using TestClient bob = await node.JoinAsync(meeting, "Bob");
        await ada.DisposeAsync();

        await using TestClient again = await node.JoinAsync(meeting, "Ada", ada.Resume);
        Assert.Equal(ada.Id, again.Id);
        Assert.Equal([ada.Id, bob.Id], Ids(again));
        Assert.Equal(ada.Id, (await bob.NextAsync("participantUpdated")).GetProperty("id").GetString());
        Assert.DoesNotContain("participantLeft", bob.Untaken());
    }

    [Fact]
    public async Task Who_comes_again_before_the_loss_is_noticed_takes_the_place_over()
    {
        await using TestNode node = await TestNode.StartAsync();
        (string meeting, _) = await node.CreateMeetingAsync();
        await using TestClient before = await node.JoinAsync(meeting, "Ada");
        await using TestClient after = await node.JoinAsync(meeting, "Ada", before.Resume);
        Assert.Equal(before.Id, after.Id);
        Assert.Single(Ids(after));
        Assert.Equal("replaced", (await before.NextAsync("ended")).GetProperty("reason").GetString());

        // The end of the old connection is not the end of the new one.
        await before.DisposeAsync();
        await after.CallAsync("rename", new { name = "Ada 2" });
    }

    [Fact]
    public async Task A_place_is_given_up_after_the_window()
    {
        await using TestNode node = await TestNode.StartAsync(options => options with { ResumeWindow = TimeSpan.FromMilliseconds(200) });
        (string meeting, _) = await node.CreateMeetingAsync();
        TestClient ada = await node.JoinAsync(meeting, "Ada");
        await using TestClient bob = await node.JoinAsync(meeting, "Bob");
        await ada.DisposeAsync();
        Assert.Equal(ada.Id, (await bob.NextAsync("participantLeft")).GetProperty("id").GetString());
        await using TestClient late = await node.JoinAsync(meeting, "Ada", ada.Resume);
        Assert.NotEqual(ada.Id, late.Id);
    }

    [Fact]
    public async Task Who_left_has_no_place_to_come_back_to()
    {
        await using TestNode node = await TestNode.StartAsync();
        (string meeting, _) = await node.CreateMeetingAsync();
        await using TestClient bob = await node.JoinAsync(meeting, "Bob");
        await using TestClient ada = await node.JoinAsync(meeting, "Ada");
        await ada.LeaveAsync();
        await using TestClient again = await node.JoinAsync(meeting, "Ada", ada.Resume);
        Assert.NotEqual(ada.Id, again.Id);
    }

    [Fact]
    public async Task A_token_of_another_meeting_or_a_forged_one_gives_nothing()
    {
        await using TestNode node = await TestNode.StartAsync();
        (string meeting, _) = await node.CreateMeetingAsync();
        (string other, _) = await node.CreateMeetingAsync();
        await using TestClient ada = await node.JoinAsync(meeting, "Ada");
        foreach (string token in (string[])[ada.Resume[..^2] + (ada.Resume[^2] == 'A' ? "BA" : "AA"), "", "x.y", ".", new string('a', 5000)])
        {
            await using TestClient mallory = await node.JoinAsync(meeting, "Mallory", token);
            Assert.NotEqual(ada.Id, mallory.Id);
        }

        await using TestClient elsewhere = await node.JoinAsync(other, "Ada", ada.Resume);
        Assert.NotEqual(ada.Id, elsewhere.Id);
    }

    [Fact]
    public async Task After_a_restart_everyone_has_the_same_id_and_order()
    {
        TestNode first = await TestNode.StartAsync();
        (string meeting, _) = await first.CreateMeetingAsync("Kept");
        TestClient ada = await first.JoinAsync(meeting, "Ada");
        TestClient bob = await first.JoinAsync(meeting, "Bob");
        FakeRoom room = first.Media.Room;
        Task stop = first.StopAsync();
        await ada.NextAsync("stopping");
        await bob.NextAsync("stopping");
        await ada.Closed;
        await stop;
        Assert.True(room.IsDisposed);

        await using TestNode second = await TestNode.StartAgainAsync(first.Options);
        await using TestClient bobAgain = await second.JoinAsync(meeting, "Bob", bob.Resume);
        await using TestClient adaAgain = await second.JoinAsync(meeting, "Ada", ada.Resume);
        Assert.Equal((ada.Id, bob.Id), (adaAgain.Id, bobAgain.Id));
        Assert.Equal([ada.Id, bob.Id], Ids(adaAgain));
        Assert.Equal("Kept", adaAgain.Joined.GetProperty("meeting").GetProperty("title").GetString());
    }

    private static IEnumerable<string> Ids(TestClient client) => client.Joined.GetProperty("participants").EnumerateArray().Select((JsonElement person) => person.GetProperty("id").GetString()!);
}
