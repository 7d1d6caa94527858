using System.Text.Json;
using Parley.E2e.Encryption;
using Parley.E2e.Support;

namespace Parley.E2e.Firefox;

public class FirefoxSealedTests
{
    /// <summary>Runs inside a network of its own, since Firefox's ICE takes no loopback addresses: the test of this name starts the same test there.</summary>
    [Fact]
    public async Task Firefox_and_Chromium_open_what_the_other_sealed()
    {
        if (!OwnNetwork.IsInside)
        {
            string said = await OwnNetwork.RunAsync($"*{nameof(FirefoxSealedTests)}.{nameof(Firefox_and_Chromium_open_what_the_other_sealed)}");
            Assert.Matches("succeeded: 1", said);
            return;
        }

        await using NodeProcess node = await Harness.ServeAsync();
        await using Browser chromium = await Browser.StartAsync();
        await using Person adasPage = await Person.ArriveAsync(chromium, "Ada", Colour.CrimsonRed, tone: 440);
        await using FirefoxProcess firefox = await FirefoxProcess.StartAsync();
        string settings = JsonSerializer.Serialize(new { colour = Colour.LeafGreen.ToString(), width = 640, height = 360, browserSound = true });
        await using FirefoxPage finnsPage = await FirefoxPage.OpenAsync(firefox, $"window.__fakeMedia = {settings};\n{Scripts.FakeMedia}");
        (Member ada, Member finn) = (Member.Of(adasPage), Member.Of(finnsPage, "Finn", Colour.LeafGreen));
        await adasPage.Page.GotoAsync(node.Url.ToString());
        await finnsPage.GoAsync(node.Url);

        string meeting = await Harness.MakeMeetingAsync(node);
        await ada.JoinAsync(meeting);
        await finn.JoinAsync(meeting);
        string[] ids = await ada.IsAmongAsync(2);
        await finn.IsAmongAsync(2);
        for (int epoch = 1; epoch < 3; epoch++)
        {
            await ada.SetEpochAsync(epoch, seed: 7, ids);
            await finn.SetEpochAsync(epoch, seed: 7, ids);
            await ada.SeesAsync(finn);
            await finn.SeesAsync(ada);
            await ada.HearsAsync();
            await finn.HearsAsync();
        }

        await finn.SetEpochAsync(3, seed: 66, ids);
        await ada.SetEpochAsync(3, seed: 7, ids);
        await Eventually.TrueAsync(async () => (await finn.NoticesAsync()).Any(static notice => notice.Code == "frames-undecryptable"), "Firefox says that the key is wrong", seen: finn.DescribeAsync);
    }
}
