using System.Diagnostics;
using Microsoft.Playwright;
using Parley.E2e.Support;

namespace Parley.E2e.Meetings;

public class ThreePeopleTests
{
    // Pages are back within 5 s of a restarted node (1.5 to 3 s here); a machine that other work keeps busy is given twice that.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    /// <summary>One long meeting rather than six short ones: browsers are dear on two cores, and each stage begins where the last one left people.</summary>
    [Fact]
    public async Task Three_people_see_and_hear_each_other_through_mute_reload_a_killed_node_and_leaving()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        await using Browser browser = await Browser.StartAsync();
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440);
        await using Person ben = await Person.ArriveAsync(browser, "Ben", Colour.DeepBlue, tone: 660);
        await using Person cleo = await Person.ArriveAsync(browser, "Cleo", Colour.LeafGreen, tone: 880);
        Person[] all = [ada, ben, cleo];

        Uri link = await ada.StartMeetingAsync(node.Url);
        await ben.JoinAsync(link);
        await cleo.JoinAsync(link);
        await EveryoneSeesEveryoneAsync(all);
        foreach (Person person in all)
            await person.HearsAsync();

        await ben.PressAsync("Mute microphone");
        await ada.TileOf(ben).GetByText("muted", new() { Exact = false }).Or(ada.TileOf(ben).GetByLabel("muted", new() { Exact = false })).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await cleo.HearsAsync();
        await EveryoneSeesEveryoneAsync(all);

        await cleo.Page.ReloadAsync();
        await cleo.AskToEnterAsync();
        await cleo.IsInAsync();
        await EveryoneSeesEveryoneAsync(all);
        Assert.Equal(3, await ada.Page.Locator("[data-participant]").CountAsync());

        await node.KillAsync();
        await node.LaunchAsync();
        Stopwatch sinceReady = Stopwatch.StartNew();
        await EveryoneSeesEveryoneAsync(all, Recovery);
        TestContext.Current.TestOutputHelper?.WriteLine($"Everyone saw everyone {sinceReady.Elapsed.TotalSeconds:0.0} s after the node was ready again.");
        Assert.Equal(3, await ada.Page.Locator("[data-participant]").CountAsync());

        await ben.PressAsync("Leave");
        await ada.TileOf(ben).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await cleo.TileOf(ben).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await EveryoneSeesEveryoneAsync([ada, cleo]);
        await ada.HearsAsync();
    }

    private static async Task EveryoneSeesEveryoneAsync(Person[] people, TimeSpan? timeout = null)
    {
        foreach (Person viewer in people)
        {
            foreach (Person shown in people)
            {
                if (viewer != shown)
                    await viewer.SeesAsync(shown, timeout);
            }
        }
    }
}
