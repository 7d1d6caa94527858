using Parley.E2e.Support;

namespace Parley.E2e.Meetings;

public class SimulcastTests
{
    private const int FreezeLimitMilliseconds = 300;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_small_tile_gets_a_low_layer_and_a_big_one_a_high_layer_without_a_freeze()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        await using Browser browser = await Browser.StartAsync();
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440, cameraWidth: 1280, cameraHeight: 720);
        await using Person ben = await Person.ArriveAsync(browser, "Ben", Colour.DeepBlue, tone: 660, cameraWidth: 320, cameraHeight: 180);

        Uri link = await ada.StartMeetingAsync(node.Url);
        await ben.JoinAsync(link);
        await ReachesHeightAsync(ben, ada, static height => height >= 540);

        await ben.Page.EvaluateAsync(Scripts.WatchGaps, new[] { ada.Name });
        await ben.Page.SetViewportSizeAsync(320, 480);
        await ReachesHeightAsync(ben, ada, static height => height <= 360);
        Assert.True((await ben.LookAtAsync(ada))!.Is(ada.Colour));

        await ben.Page.SetViewportSizeAsync(1280, 800);
        await ReachesHeightAsync(ben, ada, static height => height >= 540);
        Gaps gaps = await WatchedAsync(ben, pictures: 20);
        Assert.True(gaps.Longest <= FreezeLimitMilliseconds, $"The picture stood still for {gaps.Longest:0} ms.");
    }

    /// <summary>The pauses seen since watching began, over at least so many pictures.</summary>
    private static async Task<Gaps> WatchedAsync(Person viewer, int pictures)
    {
        Gaps? gaps = null;
        await Eventually.TrueAsync(
            async () => (gaps = await viewer.Page.AskAsync<Gaps>("() => window.__gaps"))!.Frames > pictures,
            $"{viewer.Name} sees {pictures} pictures",
            seen: () => Task.FromResult($"{gaps}"));
        return gaps!;
    }

    private static Task ReachesHeightAsync(Person viewer, Person shown, Func<int, bool> right) =>
        Eventually.TrueAsync(
            async () => await viewer.LookAtAsync(shown) is { } look && right(look.Height),
            $"{viewer.Name} gets the right layer of {shown.Name}",
            Settling,
            async () => $"{await viewer.LookAtAsync(shown)}; sent: {string.Join(", ", await shown.Page.AskAsync<string[]>(Scripts.Layers) ?? [])}");
}
