using System.Text.Json;
using Parley.Server.Tests.Signalling;
using Parley.Server.Tests.Worlds;

namespace Parley.Server.Tests.Meetings;

/// <summary>A host who is asked and does not answer.</summary>
public class HostSilenceTests
{
    // Less than a grant holds: everything that is due meanwhile happens.
    private static readonly TimeSpan Leap = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task After_a_minute_of_silence_the_newcomer_learns_that_nobody_decided_and_the_question_is_withdrawn()
    {
        LeapingTime time = new();
        await using TestWorld world = await TestWorld.StartAsync(time: time);
        (string meeting, string hostKey) = await world.CreateAsync(tightenLimit: 0);
        await using TestClient ada = await world.JoinAsync(meeting, "Ada", near: "us-nyc", hostKey: hostKey);
        await using TestClient cyd = await world.JoinAsync(meeting, "Cyd", near: "us-nyc");
        await using TestClient bob = await world.Home.ConnectAsync();
        Task<JsonElement> refused = bob.RefusedAsync("join", TestWorld.Wish(meeting, "Bob", fence: new { deny = new[] { "country:US" } }));
        Assert.Equal("host", (await bob.NextAsync("joinWaiting")).GetProperty("reason").GetString());
        JsonElement asked = await ada.NextAsync("tightenAsked");

        TimeSpan passed = TimeSpan.Zero;
        for (; passed < TimeSpan.FromSeconds(55); passed += Leap)
        {
            int grants = world.Links["us-nyc"].Log.Count;
            time.Leap(Leap);
            if (passed.TotalSeconds % 10 == 5)
                await Eventually.IsAsync(() => world.Links["us-nyc"].Log.Count > grants, "the grant is renewed");
        }

        Assert.False(refused.IsCompleted);
        time.Leap(Leap);
        Assert.Equal("host-silent", (await refused).GetProperty("code").GetString());
        Assert.Equal(asked.GetProperty("request").GetString(), (await ada.NextAsync("tightenWithdrawn")).GetProperty("request").GetString());
        Assert.DoesNotContain("ended", ada.Untaken());
        Assert.DoesNotContain("move", cyd.Untaken());
    }
}
