using Microsoft.Playwright;
using Parley.E2e.Support;

namespace Parley.E2e.Pages;

/// <summary>Visits each page in each form, leaves a picture of it for a person to open, and lets axe look for what assistive technology would stumble over.</summary>
public class PageTourTests
{
    public static TheoryData<int, int, ColorScheme> Forms => new()
    {
        { 1280, 800, ColorScheme.Light },
        { 1280, 800, ColorScheme.Dark },
        { 390, 844, ColorScheme.Light },
        { 390, 844, ColorScheme.Dark },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_page_is_whole_and_accessible(int width, int height, ColorScheme scheme)
    {
        await using NodeProcess node = await NodeProcess.StartAsync();
        await using Browser browser = await Browser.StartAsync();
        await using Person ada = await Person.ArriveAsync(browser, "Ada Lovelace", Colour.CrimsonRed, tone: 440, width, height, scheme: scheme);
        await using Person ben = await Person.ArriveAsync(browser, "Ben", Colour.DeepBlue, tone: 660);
        string form = $"{width}-{scheme.ToString().ToLowerInvariant()}";

        await ada.Page.GotoAsync(node.Url.ToString());
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Start a meeting" }).WaitForAsync();
        await InspectAsync(ada.Page, $"start-{form}");

        await ada.Page.GotoAsync(new Uri(node.Url, "/m/local-aaaaaaaaaaaaaaaaaaaa").ToString());
        await ada.Page.GetByText("meeting", new() { Exact = false }).First.WaitForAsync();
        await InspectAsync(ada.Page, $"unknown-{form}");

        await ada.Page.GotoAsync(node.Url.ToString());
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Start a meeting" }).ClickAsync();
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Join", Exact = true }).WaitForAsync();
        await ada.Page.GetByRole(AriaRole.Textbox, new() { Name = "Your name" }).FillAsync(ada.Name);
        await InspectAsync(ada.Page, $"prejoin-{form}");

        await ada.PressAsync("Join");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).WaitForAsync();
        await InspectAsync(ada.Page, $"alone-{form}");

        await ben.JoinAsync(new(ada.Page.Url));
        await ada.SeesAsync(ben);
        await InspectAsync(ada.Page, $"two-{form}");

        await ada.PressAsync("Leave");
        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await InspectAsync(ada.Page, $"left-{form}");
    }

    private static async Task InspectAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Artifacts("screenshots"), name + ".png") });
        bool overflows = await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1");
        Assert.False(overflows, $"{name} is wider than its window.");
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "web", "node_modules", "axe-core", "axe.min.js")));
        string violations = await page.EvaluateAsync<string>(
            "async () => JSON.stringify((await axe.run()).violations.map(v => ({ id: v.id, help: v.help, nodes: v.nodes.map(n => n.html.slice(0, 200)) })))");
        Assert.True(violations == "[]", $"{name}: {violations}");
    }
}
