using Parley.NetLab.Nodes;

namespace Parley.NetLab.Scenarios;

public class FenceTests
{
    [Fact]
    public async Task A_meeting_that_forbids_a_region_leaves_no_packet_there()
    {
        await using Lab lab = await Lab.StartAsync("forbidden");
        Meeting meeting = await lab.CreateAsync("country:US");
        await meeting.JoinAsync("ada", Country.Germany);
        await meeting.JoinAsync("bjorn", Country.Sweden);
        await meeting.JoinAsync("carl", Country.America);
        await meeting.EveryoneSeesEveryoneAsync();
        long since = Lab.Now;
        await Meeting.TalkAsync(3);
        GapFigures.Check("talk", meeting.Gaps(since), since, 1000);
        lab.NothingWasAt(LabWorld.Ashburn);
        lab.CapturesAreWhole();
        lab.Pass();
    }
}
