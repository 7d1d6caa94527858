using Parley.E2e.Support;

namespace Parley.E2e.Hostile;

public class FloodTests(ITestOutputHelper output)
{
    private const int PerSecond = 100_000;
    private const double FreezeLimitMilliseconds = 500;
    private const int Storms = 3;
    private const double MemoryLimit = 48 * 1024 * 1024;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Storm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortStorm = TimeSpan.FromSeconds(5);

    // What each kind of datagram of the recipe must have been counted as.
    private static readonly string[] Reasons =
        ["UnknownProtocol", "StunMalformed", "StunUnknownUfrag", "StunUnauthorized", "SourceFlooding", "DtlsBeforeCheck", "MediaFromUnknownAddress"];

    /// <summary>
    /// The picture may stand still for 500 ms at most. Where a calm phase before shows that the machine is too busy for that without any flood, twice its longest pause is the bound; and
    /// since others may load the machine just then, a storm with a longer pause is repeated: what the flood itself does, it does each time. The output says both.
    /// </summary>
    [Fact]
    public async Task A_flood_costs_the_meeting_in_progress_no_freeze_and_the_node_no_memory()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        await using Browser browser = await Browser.StartAsync();
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440);
        await using Person ben = await Person.ArriveAsync(browser, "Ben", Colour.DeepBlue, tone: 660);
        Uri link = await ada.StartMeetingAsync(node.Url);
        await ben.JoinAsync(link);
        await ada.SeesAsync(ben);
        await ben.SeesAsync(ada);
        FloodTarget target = (await ada.Page.AskAsync<FloodTarget>(Scripts.FloodTarget))!;
        await ada.Page.EvaluateAsync(Scripts.WatchGaps, new[] { ben.Name });
        await ben.Page.EvaluateAsync(Scripts.WatchGaps, new[] { ada.Name });

        await Flood.SendAsync(target.Overheard, perSecond: 0, Calm);
        Gaps[] calm = [await GapsAsync(ada), await GapsAsync(ben)];
        double limit = LimitAfter(calm);
        Metrics before = await Metrics.ReadAsync(node);
        output.WriteLine("From outside:");
        double outside = await LongestPauseAsync(node, () => Task.FromResult(target.Overheard), Storm, [ada, ben], limit);
        Metrics after = await Metrics.ReadAsync(node);
        Assert.InRange(outside, 0, limit);
        Assert.All(Reasons, reason => Assert.True(after.Drops(reason) > before.Drops(reason), $"Nothing was counted as {reason}."));

        output.WriteLine("By a participant:");
        double inside = await LongestPauseAsync(node, () => Task.FromResult(target), ShortStorm, [ada, ben], limit);
        Assert.InRange(inside, 0, limit);

        output.WriteLine("By somebody whose handshake never ends:");
        double half = await LongestPauseAsync(node, () => HalfConnected.ConnectAsync(node, target), ShortStorm, [ada, ben], limit);
        Assert.InRange(half, 0, limit);
        after = await Metrics.ReadAsync(node);
        output.WriteLine($"{after}");
        Assert.True(after.Drops("SrtpUnauthenticated") > 0);
        Assert.True(after.Drops("MediaBeforeKeys") > 0);
        Assert.True(after.Drops("DtlsRefused") > 0);
        Assert.Equal(0, after.Drops("Fault"));
        Assert.Equal(0, after.Loop("exceptions"));
        Assert.Equal(0, after.Loop("spins"));
        Assert.InRange(after.Memory - before.Memory, double.MinValue, MemoryLimit);
        Assert.DoesNotMatch("(?i)exception|fail:|crit:|warn:", node.Log);
        await ada.SeesAsync(ben);
        await ben.SeesAsync(ada);
    }

    // Storms until one leaves the pictures in peace; the longest pause of the last.
    private async Task<double> LongestPauseAsync(NodeProcess node, Func<Task<FloodTarget>> aim, TimeSpan duration, Person[] people, double limit)
    {
        double longest = double.MaxValue;
        for (int storm = 0; storm < Storms && longest > limit; storm++)
            longest = await StormAsync(node, await aim(), duration, people);
        return longest;
    }

    private async Task<double> StormAsync(NodeProcess node, FloodTarget target, TimeSpan duration, Person[] people)
    {
        Metrics before = await Metrics.ReadAsync(node);
        long sent = await Flood.SendAsync(target, PerSecond, duration);
        Gaps[] gaps = [await GapsAsync(people[0]), await GapsAsync(people[1])];
        await Eventually.TrueAsync(async () => (await Metrics.ReadAsync(node)).Drops("StunUnknownUfrag") > before.Drops("StunUnknownUfrag"), "the shard has reported");
        Metrics after = await Metrics.ReadAsync(node);
        double longest = gaps.Max(static gap => gap.Longest);
        output.WriteLine($"{sent / duration.TotalSeconds:0} datagrams/s sent, {(after.Received - before.Received) / duration.TotalSeconds:0}/s read; "
            + $"node's CPU {(after.Processor - before.Processor) / duration.TotalSeconds:0%} of a core; longest pause {longest:0} ms, {gaps.Min(static gap => gap.Frames)} pictures; "
            + $"memory {(after.Memory - before.Memory) / 1e6:+0.0;-0.0} MB; allocated {(after.Allocated - before.Allocated) / 1e6:0.0} MB");
        return longest;
    }

    private static async Task<Gaps> GapsAsync(Person viewer) => (await viewer.Page.AskAsync<Gaps>(Scripts.ReadGaps))!;

    private double LimitAfter(Gaps[] calm)
    {
        double usual = calm.Max(static gaps => gaps.Longest);
        output.WriteLine($"Longest pause in the calm before: {usual:0} ms.");
        if (usual <= FreezeLimitMilliseconds)
            return FreezeLimitMilliseconds;
        output.WriteLine($"The machine is too busy for the bound of {FreezeLimitMilliseconds} ms: it is {2 * usual:0} ms here.");
        return 2 * usual;
    }
}
