using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Parley.E2e.Support;

namespace Parley.E2e.Fences;

/// <summary>Somebody between the page and its node, or the node itself, changes what proves the route: the page stops and says at which check.</summary>
public partial class TamperedRouteTests
{
    private const string Connection = "Your connection ends at this node's certificate";
    private const string Statement = "The node signed where it is, with a key of that list";
    private const string Fence = "Its region is inside the fence";
    private const string Directory = "The list of regions bears the operator's signature";
    private const string Home = "The server names the same home region as the link";
    private const string Operator = "The operator's key is the one you know";

    [Fact]
    public async Task A_route_that_does_not_verify_carries_nothing_and_the_page_names_the_check()
    {
        await using NodeProcess demo = await NodeProcess.StartDemoAsync();
        using Regions regions = new(demo);
        using HttpClient http = new();
        string older = await http.GetStringAsync(new Uri(demo.Url, "/api/v1/directory"));
        await demo.KillAsync();
        await demo.LaunchAsync();
        await using Browser browser = await Browser.StartAsync();
        (Uri link, _) = await regions.CreateAsync(new { title = "Tampered" });
        using UdpClient elsewhere = new(new IPEndPoint(IPAddress.Loopback, 0));
        int foreign = ((IPEndPoint)elsewhere.Client.LocalEndPoint!).Port;

        await StopsAsync(browser, link, Connection, "The connection ends at another machine than the node that was checked.",
            fromNode: text => Fingerprint().Replace(text, static found => found.Value[..^2] + (found.Value.EndsWith("00", StringComparison.Ordinal) ? "01" : "00")));
        await StopsAsync(browser, link, Connection, "The server named addresses that are not the checked node. Nothing was sent there.",
            fromNode: text => Candidate().Replace(text, $"$1 127.0.0.1 {foreign} typ"));
        await StopsAsync(browser, link, Statement, "The node could not prove that its key belongs to the operator.",
            fromNode: text => SignatureStart().Replace(text, static found => found.Value[..^1] + (found.Value[^1] == 'A' ? 'B' : 'A')));
        await StopsAsync(browser, link, Fence, "The server chose a node in a region that the fence does not allow.",
            place: "US", fence: """{"deny":["country:US"]}""", toNode: static text => text.Replace(""","fence":{"deny":["country:US"]}""", "", StringComparison.Ordinal));
        await StopsAsync(browser, link, Directory, "The list of regions does not bear the operator's signature.",
            directory: static text => SignedStart().Replace(text, static found => found.Value[..^1] + (found.Value[^1] == 'A' ? 'B' : 'A')));
        await StopsAsync(browser, link, Directory, "The server shows an older list of regions than you have seen already.", seenBefore: demo.Url, directory: _ => older);
        await StopsAsync(browser, new(OtherKey().Replace(link.ToString(), static found => found.Value[..^1] + (found.Value[^1] == 'A' ? 'B' : 'A'))), Operator,
            "The link you followed names another operator key than this server shows.");

        Assert.Equal(0, elsewhere.Available);
        await ForeignCandidateBesideTheRightOneAsync(browser, link, foreign);
        Assert.Equal(0, elsewhere.Available);
    }

    /// <summary>The home itself lies: about the node that answers, about where the meeting is kept, about its operator, and about who is where.</summary>
    [Fact]
    public async Task A_lying_server_is_refused_by_the_check_that_the_lie_meets_and_its_route_is_not_shown()
    {
        await using NodeProcess demo = await NodeProcess.StartDemoAsync();
        using Regions regions = new(demo);
        await using Browser browser = await Browser.StartAsync();
        (Uri link, _) = await regions.CreateAsync(new { title = "Lies" });

        await StopsAsync(browser, link, Statement, "The server chose a node that is not in the operator's list.",
            fromNode: static text => AnsweringNode().Replace(text, """$1n_forged$3"""));
        await StopsAsync(browser, link, Statement, "The node claims another region than the operator's list gives it.",
            fromNode: static text => AnsweringNode().Replace(text, """$1$2","region":"us-iad","statement":"""));
        await StopsAsync(browser, link, Home, "The server says that this meeting is kept in another region than its link names.",
            fromNode: static text => text.Replace(""","home":"eu-fra",""", ""","home":"us-iad",""", StringComparison.Ordinal));
        await StopsAsync(browser, new(link.GetLeftPart(UriPartial.Path)), Operator, "This server's operator key is another one than on your last visit.", pinned: "another-key");

        // Everybody, oneself too, is said to be in Singapore.
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440, place: "DE");
        bool isToldSo = false;
        await InterceptAsync(ada.Page, text => Seat().Replace(text, seat =>
        {
            isToldSo = true;
            return seat.Groups[1].Value + "\"region\":\"ap-sin\"";
        }), static text => text);
        await ada.JoinAsync(link);
        await Eventually.TrueAsync(async () => (await SentAsync(ada.Page)) > 0, "media flows to the checked node");
        await ada.PressAsync("Route");
        await ada.Page.GetByText("You \u2192 Frankfurt").First.WaitForAsync();
        Assert.Equal(0, await ada.Page.GetByText("You \u2192 Singapore").CountAsync());
        Assert.True(isToldSo);
    }

    // What is added is left out, and the rest works: nobody can stop a meeting by adding an address.
    private static async Task ForeignCandidateBesideTheRightOneAsync(Browser browser, Uri link, int foreign)
    {
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440, place: "DE");
        await InterceptAsync(ada.Page, text => WholeCandidate().Replace(text, found => found.Value + Candidate().Replace(found.Value, $"$1 127.0.0.1 {foreign} typ")), static text => text);
        await ada.JoinAsync(link);
        await Eventually.TrueAsync(async () => (await SentAsync(ada.Page)) > 0, "media flows to the checked node");
    }

    private static async Task StopsAsync(
        Browser browser, Uri link, string check, string says, Func<string, string>? fromNode = null, Func<string, string>? toNode = null,
        Func<string, string>? directory = null, Uri? seenBefore = null, string place = "DE", string? fence = null, string? pinned = null)
    {
        await using Person ada = await Person.ArriveAsync(browser, "Ada", Colour.CrimsonRed, tone: 440, place: place);
        bool isChanged = fromNode is null && toNode is null && directory is null;
        Func<string, string> Noting(Func<string, string> change) => text =>
        {
            string changed = change(text);
            isChanged |= changed != text;
            return changed;
        };
        if (seenBefore is not null)
        {
            await ada.Page.GotoAsync(seenBefore.ToString());
            await ada.Page.WaitForFunctionAsync("() => Object.keys(localStorage).some(key => key.startsWith('parley.pin.'))");
        }

        if (pinned is not null)
            await ada.Page.AddInitScriptAsync($$"""localStorage.setItem('parley.pin.' + location.origin, '{"operatorKey":"{{pinned}}","version":1}');""");
        if (fence is not null)
            await ada.Page.AddInitScriptAsync($"sessionStorage.setItem({JsonSerializer.Serialize($"parley.fence.{link.AbsolutePath["/m/".Length..]}")}, {JsonSerializer.Serialize(fence)});");
        if (fromNode is not null || toNode is not null)
            await InterceptAsync(ada.Page, Noting(fromNode ?? (static text => text)), Noting(toNode ?? (static text => text)));
        if (directory is not null)
        {
            await ada.Page.RouteAsync("**/api/v1/directory", async route =>
            {
                IAPIResponse answer = await route.FetchAsync();
                await route.FulfillAsync(new() { Response = answer, Body = Noting(directory)(await answer.TextAsync()) });
            });
        }

        await ada.Page.GotoAsync(link.ToString());
        if (directory is null && check != Operator)
            await ada.AskToEnterAsync();
        await ada.IsToldAsync("Stopped: a check failed", "Your browser sends no sound and no picture to a node that it cannot check.", says);
        Assert.True(isChanged, $"Nothing was changed on the way: {says}");
        ILocator failed = ada.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "failed" });
        Assert.Contains(check, Assert.Single(await failed.AllInnerTextsAsync()), StringComparison.Ordinal);
        Assert.Equal(0, await SentAsync(ada.Page));
    }

    private static Task InterceptAsync(IPage page, Func<string, string> fromNode, Func<string, string> toNode) => page.RouteWebSocketAsync(Hub(), socket =>
    {
        IWebSocketRoute node = socket.ConnectToServer();
        socket.OnMessage(frame => node.Send(toNode(frame.Text ?? "")));
        node.OnMessage(frame => socket.Send(fromNode(frame.Text ?? "")));
    });

    private static async Task<double> SentAsync(IPage page) => (await page.AskAsync<double?>(Scripts.Sent))!.Value;

    // The node that a join or a negotiation answers with.
    [GeneratedRegex("""
        ("node":\{"id":")([^"]+)(","region":"[^"]+","statement":)
        """)]
    private static partial Regex AnsweringNode();

    [GeneratedRegex("""
        ("id":"[^"]+","node":"[^"]+",)"region":"[^"]+"
        """)]
    private static partial Regex Seat();

    [GeneratedRegex("/hub")]
    private static partial Regex Hub();

    [GeneratedRegex("fingerprint:sha-256 [0-9A-Fa-f:]{95}")]
    private static partial Regex Fingerprint();

    [GeneratedRegex(@"(a=candidate:\S+ \d+ \S+ \d+) \S+ \d+ typ")]
    private static partial Regex Candidate();

    [GeneratedRegex(@"a=candidate:.*?\\r\\n")]
    private static partial Regex WholeCandidate();

    [GeneratedRegex("""
        "statement":"[\w-]+\.[\w-]{20}
        """)]
    private static partial Regex SignatureStart();

    [GeneratedRegex("""
        "signed":"[\w-]+\.[\w-]{20}
        """)]
    private static partial Regex SignedStart();

    [GeneratedRegex(@"#k=[\w-]{20}")]
    private static partial Regex OtherKey();
}
