using System.Net;
using System.Net.Sockets;
using Parley.E2e.Support;
using Parley.NetLab.Captures;
using Parley.NetLab.Nodes;
using Parley.NetLab.People;

namespace Parley.NetLab.Scenarios;

/// <summary>What a fence keeps out, and what happens when it narrows.</summary>
public class FenceTests(LabFixture labs)
{
    [Fact]
    public Task A_meeting_that_forbids_a_region_leaves_no_packet_there_and_what_is_planted_is_found() => labs.RunAsync("forbidden", async lab =>
    {
        long begin = Lab.Now;
        Meeting meeting = await lab.CreateAsync("country:US");
        await meeting.JoinAsync("ada", Country.Germany);
        await meeting.JoinAsync("bjorn", Country.Sweden);
        Member carl = await meeting.JoinAsync("carl", Country.America);
        await meeting.EveryoneSeesEveryoneAsync();
        await Meeting.TalkAsync(2);
        lab.NothingWasAt(LabWorld.Ashburn, begin);

        await DatagramIsFoundAsync(lab, carl);
        await ConnectionIsFoundAsync(lab, carl);
        await GrantIsFoundAsync(lab);
    });

    [Fact]
    public Task When_a_fence_narrows_those_outside_move_within_a_second_and_nothing_more_goes_there() => labs.RunAsync("narrowed", async lab =>
    {
        Meeting meeting = await lab.CreateAsync();
        await meeting.JoinAsync("ada", Country.Germany);
        await meeting.JoinAsync("anton", Country.Germany);
        await meeting.JoinAsync("carl", Country.America);
        await meeting.JoinAsync("cleo", Country.America);
        await meeting.EveryoneSeesEveryoneAsync();
        await meeting.IsUsedAsync("iad-1");

        long since = Lab.Now;
        await meeting.FenceAsync("country:US");
        await lab.HoldsNothingAsync(LabWorld.Ashburn);
        Lab.Say($"The forbidden region held nothing after {(Lab.Now - since) / 1e6:0.00} s.");
        long gone = await lab.LeftAsync(LabWorld.Ashburn);
        await meeting.EveryoneSeesEveryoneAsync();
        GapFigures.Check("a fence narrows", meeting.Gaps(since), since, 1000);
        await Meeting.TalkAsync(2);
        lab.NothingWasAt(LabWorld.Ashburn, gone);
    });

    private static async Task DatagramIsFoundAsync(Lab lab, Member sender)
    {
        long since = Lab.Now;
        using Socket socket = sender.Port.Space.Run(static () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        await socket.SendToAsync(new byte[] { 0x80, 1, 2, 3 }, new IPEndPoint(lab.Node("iad-1").Port.Address, LabWorld.MediaPort));
        List<Finding> found = await FoundAsync(lab, since, static finding => finding.What.Contains("UDP", StringComparison.Ordinal));
        Assert.Contains(found, finding => finding.What.Contains($"{sender.Port.Address}:{((IPEndPoint)socket.LocalEndPoint!).Port} > {lab.Node("iad-1").Port.Address}:{LabWorld.MediaPort} UDP, 4 bytes", StringComparison.Ordinal));
    }

    private static async Task ConnectionIsFoundAsync(Lab lab, Member sender)
    {
        long since = Lab.Now;
        using HttpClient http = InsideHttp.Client(sender.Port.Space);
        (await http.GetAsync(new Uri(lab.Node("iad-1").Url, "/probe"))).EnsureSuccessStatusCode();
        await FoundAsync(lab, since, static finding => finding.What.Contains($":{LabWorld.HttpPort} TCP", StringComparison.Ordinal));
    }

    // What nodes say of a meeting goes over the very connections on which they ask each other of their lives.
    private static async Task GrantIsFoundAsync(Lab lab)
    {
        Meeting elsewhere = await lab.CreateAsync("country:SE");
        await elsewhere.JoinAsync("cora", Country.America);
        long since = Lab.Now;
        await elsewhere.JoinAsync("curt", Country.America);
        await elsewhere.EveryoneSeesEveryoneAsync();
        await elsewhere.IsUsedAsync("iad-1");
        List<Finding> found = await FoundAsync(lab, since, static finding => finding.What.StartsWith("fra-1 said", StringComparison.Ordinal));
        Assert.Contains(found, static finding => finding.What.StartsWith("iad-1 said", StringComparison.Ordinal));
    }

    private static async Task<List<Finding>> FoundAsync(Lab lab, long since, Predicate<Finding> looked)
    {
        List<Finding> found = [];
        await Eventually.TrueAsync(
            () => Task.FromResult((found = lab.Audit(LabWorld.Ashburn, since).Found).Exists(looked)), "the planted packet is found", TimeSpan.FromSeconds(5), () => Task.FromResult(string.Join('\n', found)));
        Lab.Say($"Found: {found.Find(looked)}");
        return found;
    }
}
