using Parley.E2e.Support;
using Parley.NetLab.Nodes;
using Parley.NetLab.People;

namespace Parley.NetLab.Scenarios;

/// <summary>Nodes and regions that die, are cut off, restart or are withdrawn, while a region is forbidden to the meeting.</summary>
public class FailureTests(LabFixture labs)
{
    [Fact]
    public Task When_a_region_loses_power_its_people_go_on_elsewhere_inside_the_fence() => labs.RunAsync("power", async lab =>
    {
        long begin = Lab.Now;
        Meeting meeting = await TwoCountriesAsync(lab);
        Member[] swedes = [.. meeting.Members.Where(static member => member.Node == "sto-1")];
        Assert.NotEmpty(swedes);

        long since = Lab.Now;
        await lab.PowerOffAsync(LabWorld.Stockholm);
        await Eventually.TrueAsync(() => Task.FromResult(swedes.All(static member => member.Node is "fra-2" or "fra-3")), "everyone from there is in Frankfurt", TimeSpan.FromSeconds(10));
        await meeting.EveryoneSeesEveryoneAsync();
        GapFigures.Check("a region dies", meeting.Gaps(since), since, 3000);

        await lab.PowerOnAsync(LabWorld.Stockholm);
        await lab.MeetAsync(4);
        await meeting.EveryoneSeesEveryoneAsync();
        NobodyWasDropped(meeting);
        lab.NothingWasAt(LabWorld.Ashburn, begin);
    });

    [Fact]
    public Task A_country_that_is_cut_off_goes_on_until_its_grant_ends_and_comes_back_when_the_cut_heals() => labs.RunAsync("island", async lab =>
    {
        long begin = Lab.Now;
        Meeting meeting = await TwoCountriesAsync(lab);
        Member[] swedes = [.. meeting.Members.Where(static member => member.Port.Place == $"{Country.Sweden}")];
        Member[] others = [.. meeting.Members.Except(swedes)];
        await Eventually.TrueAsync(() => Task.FromResult(swedes.All(static member => member.Node == "sto-1")), "the Swedes are on a node in Sweden");
        await meeting.EveryoneSeesEveryoneAsync();

        long since = Lab.Now;
        string[] island = [.. swedes.Select(static member => member.Port.Name), "sto-1"];
        lab.Wan.Cut(island, [.. lab.Wan.Ports.Select(static port => port.Name).Except(island)]);
        await Meeting.TalkAsync(8);
        // The island has what it needs: its node and a grant in force. Of the rest, whoever was on that node moves.
        GapFigures.Check("an island, within", [.. meeting.Gaps(since).Where(gap => swedes.Contains(gap.Viewer) && swedes.Contains(gap.Shown))], long.MaxValue, 1000);
        GapFigures.Check("an island, the rest", [.. meeting.Gaps(since).Where(gap => others.Contains(gap.Viewer) && others.Contains(gap.Shown))], since, 3000);

        // Nobody renews the grant: the node lets go by itself, and no later than the grant's 30 s and a second after the last renewal.
        await lab.HoldsNothingAsync(LabWorld.Stockholm, TimeSpan.FromSeconds(32));
        long silent = Lab.Now;
        Lab.Say($"The node that was cut off let go by itself after {(silent - since) / 1e6:0.0} s.");
        Assert.All(meeting.Gaps(silent - 100_000, silent + 1).Where(gap => others.Contains(gap.Viewer) && others.Contains(gap.Shown)), static gap => Assert.True(gap.Milliseconds < GapFigures.Unconcerned, $"{gap}"));

        lab.Wan.Heal();
        await lab.MeetAsync(4);
        await meeting.EveryoneSeesEveryoneAsync(TimeSpan.FromSeconds(30));
        Lab.Say($"Everyone saw everyone {(Lab.Now - silent) / 1e6:0.0} s after the cut was healed.");
        NobodyWasDropped(meeting);
        lab.NothingWasAt(LabWorld.Ashburn, begin);
    });

    [Fact]
    public Task All_nodes_of_the_home_region_restart_one_after_the_other_and_the_meeting_goes_on() => labs.RunAsync("rolling", async lab =>
    {
        long begin = Lab.Now;
        Meeting meeting = await TwoCountriesAsync(lab);
        string[] before = [.. meeting.Members.Select(static member => member.Participant)];
        foreach (string id in (string[])["fra-2", "fra-3", "fra-1"])
        {
            long since = Lab.Now;
            await lab.Node(id).StopAsync();
            await lab.Node(id).StartAsync();
            await lab.MeetAsync(4);
            await meeting.EveryoneSeesEveryoneAsync(TimeSpan.FromSeconds(20));
            GapFigures.Check($"{id} restarts", meeting.Gaps(since), since, 3000);
        }

        Assert.Equal(before, meeting.Members.Select(static member => member.Participant));
        NobodyWasDropped(meeting);
        lab.NothingWasAt(LabWorld.Ashburn, begin);
    });

    [Fact]
    public Task A_region_that_the_directory_withdraws_while_in_use_lets_go_and_its_people_go_on() => labs.RunAsync("withdrawn", async lab =>
    {
        long begin = Lab.Now;
        Meeting meeting = await TwoCountriesAsync(lab);
        Assert.Contains(meeting.Members, static member => member.Node == "sto-1");

        long since = Lab.Now;
        lab.Publish(static node => node.Region != LabWorld.Stockholm);
        await lab.HoldsNothingAsync(LabWorld.Stockholm);
        long gone = Lab.Now;
        await meeting.EveryoneSeesEveryoneAsync();
        GapFigures.Check("a region is withdrawn", meeting.Gaps(since), since, 3000);
        await Meeting.TalkAsync(1);
        lab.NothingOfPeopleWasAt(LabWorld.Stockholm, gone + 1_000_000);

        lab.Publish(static _ => true);
        await lab.MeetAsync(4);
        await meeting.EveryoneSeesEveryoneAsync();
        NobodyWasDropped(meeting);
        lab.NothingWasAt(LabWorld.Ashburn, begin);
    });

    // Two people in each of two countries and one in a third, whose own region is forbidden: both regions inside the fence are in use.
    private static async Task<Meeting> TwoCountriesAsync(Lab lab)
    {
        Meeting meeting = await lab.CreateAsync("country:US");
        await meeting.JoinAsync("ada", Country.Germany);
        await meeting.JoinAsync("bjorn", Country.Sweden);
        await meeting.JoinAsync("britta", Country.Sweden);
        await meeting.JoinAsync("anton", Country.Germany);
        await meeting.JoinAsync("carl", Country.America);
        await meeting.EveryoneSeesEveryoneAsync();
        await meeting.IsUsedAsync("sto-1");
        return meeting;
    }

    private static void NobodyWasDropped(Meeting meeting) => Assert.All(meeting.Members, static member => Assert.Null(member.Ended));
}
