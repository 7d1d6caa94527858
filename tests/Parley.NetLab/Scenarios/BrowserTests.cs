using Parley.E2e.Support;
using Parley.NetLab.Network;
using Parley.NetLab.Nodes;

namespace Parley.NetLab.Scenarios;

/// <summary>People with real browsers, each in a namespace of their own.</summary>
public class BrowserTests(LabFixture labs)
{
    [Fact]
    public Task Browsers_in_two_countries_see_and_hear_each_other_and_leave_a_region_when_the_fence_narrows() => labs.RunAsync("browsers", async lab =>
    {
        Meeting meeting = await lab.CreateAsync();
        await using Browser german = await StartAsync(lab, "ada", Country.Germany);
        await using Browser american = await StartAsync(lab, "cleo", Country.America);
        await using Person ada = await Person.ArriveAsync(german, "Ada", Colour.CrimsonRed, tone: 440);
        await using Person cleo = await Person.ArriveAsync(american, "Cleo", Colour.LeafGreen, tone: 880);
        await ada.JoinAsync(meeting.Link);
        await cleo.JoinAsync(meeting.Link);
        // Two more in America: its region is worth a relay then.
        await meeting.JoinAsync("carl", Country.America);
        await meeting.JoinAsync("cora", Country.America);
        await meeting.IsUsedAsync("iad-1");
        await SeeAndHearAsync(ada, cleo);

        await ada.Page.EvaluateAsync(Scripts.WatchGaps, new[] { "Cleo" });
        await cleo.Page.EvaluateAsync(Scripts.WatchGaps, new[] { "Ada" });
        await meeting.FenceAsync("country:US");
        long gone = await lab.LeftAsync(LabWorld.Ashburn);
        await SeeAndHearAsync(ada, cleo);
        foreach (Person viewer in (Person[])[ada, cleo])
            Lab.Say($"{viewer.Name}'s longest pause was {(await viewer.Page.AskAsync<Gaps>(Scripts.ReadGaps))!.Longest:0} ms.");
        await Meeting.TalkAsync(2);
        lab.NothingWasAt(LabWorld.Ashburn, gone);
    });

    private static async Task SeeAndHearAsync(Person one, Person other)
    {
        TimeSpan patience = TimeSpan.FromSeconds(30);
        await one.SeesAsync(other, patience);
        await other.SeesAsync(one, patience);
        await one.HearsAsync(patience);
        await other.HearsAsync(patience);
    }

    // Pages may use cameras on the lab's addresses, which have no TLS.
    private static Task<Browser> StartAsync(Lab lab, string name, Country country)
    {
        WanPort port = lab.Attach(name, country);
        string doors = string.Join(',', lab.Nodes.Select(static node => node.Url.GetLeftPart(UriPartial.Authority)));
        return Browser.StartInAsync(["ip", "netns", "exec", port.Space.Name], $"--unsafely-treat-insecure-origin-as-secure={doors}");
    }
}
