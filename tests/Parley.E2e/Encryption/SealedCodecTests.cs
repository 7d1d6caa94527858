using System.Text.Json;
using Parley.E2e.Support;

namespace Parley.E2e.Encryption;

public class SealedCodecTests
{
    private const int Starts = 3;

    /// <summary>Pictures begin at once, each time: encoded transforms have lost the frames behind the first one of some codecs.</summary>
    [Theory]
    [InlineData("video/VP8")]
    [InlineData("video/VP9")]
    [InlineData("video/AV1")]
    [InlineData("video/H264")]
    public async Task A_codec_is_sealed_opened_and_decoded_in_Chromium_and_begins_at_once(string codec)
    {
        await using NodeProcess node = await Harness.ServeAsync();
        await using Browser browser = await Browser.StartAsync();
        await using Person person = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440);
        await person.Page.GotoAsync(node.Url.ToString());
        for (int start = 0; start < Starts; start++)
        {
            LoopbackResult result = await TryAsync(person, codec, wrongKey: false);
            TestContext.Current.TestOutputHelper?.WriteLine($"{codec}: {result}");
            Assert.True(result.TenthFrameMs < 2000, $"{result}");
            Assert.InRange(result.Colours[0]![0], 170, 215);
        }

        LoopbackResult stranger = await TryAsync(person, codec, wrongKey: true);
        Assert.Equal(0, stranger.Decoded[0]);
        Assert.Null(stranger.Colours[0]);
    }

    [Fact]
    public async Task Sealed_tracks_of_every_codec_go_through_the_server()
    {
        await using NodeProcess node = await Harness.ServeAsync();
        await using Browser browser = await Browser.StartAsync();
        foreach (string codec in (string[])["video/VP9", "video/AV1", "video/H264"])
        {
            await using Person adasPage = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440);
            await using Person bensPage = await Person.ArriveAsync(browser, "Ben", Colour.DeepBlue, tone: 660);
            string meeting = await Harness.MakeMeetingAsync(node);
            Member[] both = [Member.Of(adasPage), Member.Of(bensPage)];
            foreach (Person page in (Person[])[adasPage, bensPage])
                await page.Page.GotoAsync(node.Url.ToString());
            foreach (Member member in both)
                await member.JoinAsync(meeting, codec);
            string[] ids = await both[0].IsAmongAsync(2);
            await both[1].IsAmongAsync(2);
            foreach (Member member in both)
                await member.SetEpochAsync(1, seed: 7, ids);
            await both[0].SeesAsync(both[1]);
            await both[1].SeesAsync(both[0]);
            string[] sent = (await adasPage.Page.AskAsync<string[]>(SentCodecs))!;
            Assert.Contains(codec, sent);
        }
    }

    private static async Task<LoopbackResult> TryAsync(Person person, string codec, bool wrongKey)
    {
        string options = JsonSerializer.Serialize(new { codec, @sealed = true, tracks = 1, seconds = 2.5, width = 320, height = 180, rate = 30, bitrate = 0, wrongKey });
        return (await person.Page.AskAsync<LoopbackResult>("([options]) => harness.loopback(JSON.parse(options))", options))!;
    }

    private const string SentCodecs = """
        async () => {
          const reports = [...(await window.__peers.at(-1).getStats()).values()];
          return reports.filter(r => r.type === 'outbound-rtp' && r.kind === 'video').map(r => reports.find(c => c.id === r.codecId)?.mimeType ?? '');
        }
        """;

    private sealed record LoopbackResult(int[] Decoded, int[] Received, int[]?[] Colours, int? TenthFrameMs);
}
