using System.Diagnostics;
using Parley.E2e.Support;

namespace Parley.E2e.Fences;

public class ThreeRegionsTests
{
    private const string Germany = "eu-fra";
    private const string America = "us-iad";
    private const string Singapore = "ap-sin";
    private static readonly TimeSpan Counted = TimeSpan.FromSeconds(6);

    /// <summary>Issue words: each page decodes the others, each needed layer crosses a link once, a forbidden region lets go of everything and those who move miss less than a second.</summary>
    [Fact]
    public async Task A_meeting_spans_three_regions_and_leaves_the_one_that_its_host_forbids()
    {
        await using NodeProcess demo = await NodeProcess.StartDemoAsync();
        using Regions regions = new(demo);
        await using Browser browser = await Browser.StartAsync();
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440, place: "DE");
        await using Person ben = await Person.ArriveAsync(browser, "Ben", Colour.DeepBlue, tone: 660, place: "US");
        await using Person cleo = await Person.ArriveAsync(browser, "Cleo", Colour.LeafGreen, tone: 880, place: "SG");
        Person[] all = [ada, ben, cleo];

        (Uri link, string hostKey) = await regions.CreateAsync(new { title = "Three continents" });
        foreach (Person person in all)
            await person.JoinAsync(link);
        await EveryoneSeesEveryoneAsync(all);
        foreach (Person person in all)
            await person.HearsAsync();
        Assert.Equal([Singapore, Germany, America], await regions.InUseAsync(link));
        await EachLayerCrossesOnceAsync(regions, ben);

        await cleo.Page.EvaluateAsync(Scripts.WatchGaps, new[] { "Ben" });
        await ben.Page.EvaluateAsync(Scripts.WatchGaps, new[] { "Ada" });
        await ada.Page.EvaluateAsync(Scripts.WatchGaps, new[] { "Cleo" });
        Stopwatch since = Stopwatch.StartNew();
        await regions.ChangeAsync(link, hostKey, new { geofence = new { deny = new[] { "country:US" } } });
        await Eventually.TrueAsync(
            async () => !(await regions.InUseAsync(link)).Contains(America) && await regions.MetricsAsync(America) is { Rooms: 0, Transports: 0 },
            "the forbidden region holds nothing",
            TimeSpan.FromSeconds(10),
            async () => $"in use {string.Join(' ', await regions.InUseAsync(link))}; there {await regions.MetricsAsync(America)}");
        TestContext.Current.TestOutputHelper?.WriteLine($"The forbidden region held nothing after {since.Elapsed.TotalSeconds:0.0} s.");
        await EveryoneSeesEveryoneAsync(all);
        foreach ((Person viewer, double limit) in new[] { (ben, 1000.0), (cleo, 1000), (ada, 500) })
        {
            Gaps gaps = (await viewer.Page.AskAsync<Gaps>(Scripts.ReadGaps))!;
            TestContext.Current.TestOutputHelper?.WriteLine($"{viewer.Name}'s longest pause was {gaps.Longest:0} ms.");
            Assert.True(gaps.Longest < limit, $"{viewer.Name}'s pictures stood still for {gaps.Longest:0} ms.");
        }
    }

    // What one viewer behind the relays gets is what its node gets over them: twice as much would mean that each layer crossed twice. Nodes count once a second, so the figures are a little apart.
    private static async Task EachLayerCrossesOnceAsync(Regions regions, Person viewer)
    {
        Metrics before = await regions.MetricsAsync(America);
        double seenBefore = await ReceivedAsync(viewer);
        await Task.Delay(Counted);
        Metrics after = await regions.MetricsAsync(America);
        double seen = await ReceivedAsync(viewer) - seenBefore;
        double relayed = after.RelayedIn - before.RelayedIn;
        TestContext.Current.TestOutputHelper?.WriteLine($"{relayed / 1000:0} kB over relays, {seen / 1000:0} kB at the one who watches there.");
        Assert.InRange(relayed / seen, 0.6, 1.5);

        // Sound and one layer of the pictures of each of the two others; a second layer only while a slot changes over.
        await Eventually.TrueAsync(async () => (await regions.MetricsAsync(America)).RelayedLayersIn == 4, "four layers cross to the region", seen: async () => $"{await regions.MetricsAsync(America)}");
    }

    private static async Task<double> ReceivedAsync(Person viewer) => (await viewer.Page.AskAsync<double?>(Scripts.Received))!.Value;

    private static async Task EveryoneSeesEveryoneAsync(Person[] people)
    {
        foreach (Person viewer in people)
        {
            foreach (Person shown in people.Where(person => person != viewer))
                await viewer.SeesAsync(shown);
        }
    }
}
