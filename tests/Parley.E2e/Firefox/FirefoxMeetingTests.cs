using System.Text.Json;
using Parley.E2e.Support;

namespace Parley.E2e.Firefox;

public class FirefoxMeetingTests
{
    private const string FirefoxName = "Finn";

    private static readonly Colour Finn = Colour.LeafGreen;

    /// <summary>Runs inside a network of its own, since Firefox's ICE takes no loopback addresses: the test of this name starts the same test there.</summary>
    [Fact]
    public async Task Firefox_and_Chromium_see_and_hear_each_other()
    {
        if (!OwnNetwork.IsInside)
        {
            string said = await OwnNetwork.RunAsync($"*{nameof(FirefoxMeetingTests)}.{nameof(Firefox_and_Chromium_see_and_hear_each_other)}");
            Assert.Matches("succeeded: 1", said);
            return;
        }

        await using NodeProcess node = await NodeProcess.StartAsync();
        await using Browser chromium = await Browser.StartAsync();
        await using Person ada = await Person.ArriveAsync(chromium, "Ada", Colour.CrimsonRed, tone: 440);
        await using FirefoxProcess firefox = await FirefoxProcess.StartAsync();
        string settings = JsonSerializer.Serialize(new { colour = Finn.ToString(), width = 640, height = 360, browserSound = true });
        await using FirefoxPage finn = await FirefoxPage.OpenAsync(firefox, $"window.__fakeMedia = {settings};\n{Scripts.FakeMedia}");

        Uri link = await ada.StartMeetingAsync(node.Url);
        await finn.GoAsync(link);
        await Eventually.TrueAsync(() => finn.AskAsync<bool>(Scripts.Enter, FirefoxName), "Firefox can join");

        await SeesAsync(() => finn.AskAsync<Look?>(Scripts.Look, ada.Name), ada.Colour, "Firefox sees Chromium");
        await SeesAsync(() => ada.Page.AskAsync<Look?>(Scripts.Look, FirefoxName), Finn, "Chromium sees Firefox");
        await HearsAsync(() => finn.AskAsync<Sound>(Scripts.Hear), "Firefox hears Chromium");
        await HearsAsync(() => ada.Page.AskAsync<Sound>(Scripts.Hear), "Chromium hears Firefox");
    }

    private static async Task SeesAsync(Func<Task<Look?>> look, Colour colour, string what)
    {
        double? first = null;
        Look? last = null;
        await Eventually.TrueAsync(
            async () =>
            {
                last = await look();
                if (last is null || !last.Is(colour))
                    return false;
                first ??= last.Time;
                return last.Time > first;
            },
            $"{what}, moving, in {colour}",
            TimeSpan.FromSeconds(30),
            () => Task.FromResult($"{last}"));
    }

    private static async Task HearsAsync(Func<Task<Sound?>> hear, string what)
    {
        double before = (await hear())!.Energy;
        Sound? last = null;
        await Eventually.TrueAsync(async () => (last = await hear())!.Energy > before + 0.001, what, seen: () => Task.FromResult($"{before}, then {last}"));
    }
}
