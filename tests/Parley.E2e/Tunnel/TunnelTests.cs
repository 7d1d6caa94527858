using Microsoft.Playwright;
using Parley.E2e.Support;

namespace Parley.E2e.Tunnel;

/// <summary>Two people whose browsers may not use UDP see and hear each other.</summary>
public class TunnelTests
{
    // Direct attempts come first, and other work may keep the machine busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    // Both spellings: the second is the older one.
    private static readonly string[] NoUdp = ["--webrtc-ip-handling-policy=disable_non_proxied_udp", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp"];

    [Fact]
    public async Task Without_UDP_a_meeting_works_over_the_TCP_candidates_of_the_node()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        await using Browser browser = await Browser.StartAsync(NoUdp);
        MediaPath path = await MeetAsync(node, browser, withIceTcp: true);
        Assert.Equal(("tcp", "passive", $"127.0.0.1:{node.Url.Port}", "all"), (path.Protocol, path.TcpType, path.Remote, path.Policy));
    }

    [Fact]
    public async Task Where_only_TLS_gets_through_a_meeting_works_over_TURN()
    {
        await using NodeProcess node = await NodeProcess.StartTlsAsync();
        await using Browser browser = await Browser.StartAsync([.. NoUdp, "--ignore-certificate-errors"]);
        MediaPath path = await MeetAsync(node, browser, withIceTcp: false);
        Assert.Equal(("udp", "tls", "relay"), (path.Protocol, path.RelayProtocol, path.Policy));
    }

    [Fact]
    public async Task Where_nothing_gets_through_a_page_says_what_to_do()
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        await using Browser browser = await Browser.StartAsync(NoUdp);
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440);
        await ada.Page.AddInitScriptAsync(Scripts.NoIceTcp);

        // A server that is told to forget the tunnel: its credentials never reach the page.
        await ada.Page.AddInitScriptAsync("{ const { parse } = JSON; JSON.parse = (...given) => { const value = parse(...given); const node = value?.result?.node; if (node) delete node.tunnel; return value; }; }");
        await ada.StartMeetingAsync(node.Url);
        await ada.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing gets through to this meeting" }).WaitForAsync(new() { Timeout = 60_000 });
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).WaitForAsync();
        await ada.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Artifacts("e2e"), "nothing-through.png") });
    }

    private static async Task<MediaPath> MeetAsync(NodeProcess node, Browser browser, bool withIceTcp)
    {
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440);
        await using Person ben = await Person.ArriveAsync(browser, "Ben", Colour.DeepBlue, tone: 660);
        if (!withIceTcp)
        {
            await ada.Page.AddInitScriptAsync(Scripts.NoIceTcp);
            await ben.Page.AddInitScriptAsync(Scripts.NoIceTcp);
        }

        await ben.JoinAsync(await ada.StartMeetingAsync(node.Url));
        await ada.SeesAsync(ben, Patience);
        await ben.SeesAsync(ada, Patience);
        await ada.HearsAsync();
        await ben.HearsAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "through the tunnel" }).First.WaitForAsync();
        await ada.Page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Artifacts("e2e"), withIceTcp ? "tunnel-ice-tcp.png" : "tunnel-turn.png") });
        MediaPath? path = await ada.Page.AskAsync<MediaPath>(Scripts.Path);
        TestContext.Current.TestOutputHelper?.WriteLine($"{path}");
        Assert.NotNull(path);
        await Eventually.TrueAsync(async () => (await ada.Page.AskAsync<MediaPath>(Scripts.Path))?.Received > path.Received + 10_000, "the bytes of the meeting come this way");

        // All of it: the node led nobody any other way.
        string metrics = await MetricsAsync(node);
        Assert.Contains($"parley_tunnels{{kind=\"{(withIceTcp ? "ice-tcp" : "turn")}\"}} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"parley_tunnels{{kind=\"{(withIceTcp ? "turn" : "ice-tcp")}\"}} 0\n", metrics, StringComparison.Ordinal);
        return path;
    }

    private static async Task<string> MetricsAsync(NodeProcess node)
    {
        using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true };
        using HttpClient http = new(handler);
        return await http.GetStringAsync(new Uri(node.Url, "/metrics"));
    }
}
