using System.Text.Json;
using Microsoft.Playwright;

namespace Parley.E2e.Support;

/// <summary>Somebody with a browser: does what a person does, by the accessible names, and sees and hears what a person would.</summary>
internal sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Person(string name, Colour colour, IBrowserContext context, IPage page)
    {
        Name = name;
        Colour = colour;
        _context = context;
        Page = page;
    }

    public string Name { get; }

    public Colour Colour { get; }

    public IPage Page { get; }

    public static async Task<Person> ArriveAsync(Browser browser, string name, Colour colour, int tone, int width = 1280, int height = 800, int cameraWidth = 640, int cameraHeight = 360, ColorScheme scheme = ColorScheme.Light, string? place = null)
    {
        IBrowserContext context = await browser.NewContextAsync(width, height, scheme);
        string settings = JsonSerializer.Serialize(new { colour = colour.ToString(), tone, width = cameraWidth, height = cameraHeight });
        await context.AddInitScriptAsync($"window.__fakeMedia = {settings};\n{Scripts.FakeMedia}");
        if (place is not null)
            await context.AddInitScriptAsync($"try {{ sessionStorage.setItem('parley.place', {JsonSerializer.Serialize(place)}); }} catch {{ }}");
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        return new(name, colour, context, page);
    }

    /// <summary>Starts a meeting as a first-time visitor does and returns its link.</summary>
    public async Task<Uri> StartMeetingAsync(Uri node)
    {
        await Page.GotoAsync(node.ToString());
        await Page.GetByRole(AriaRole.Button, new() { Name = "Start a meeting" }).ClickAsync();
        await Page.WaitForURLAsync("**/m/**");
        await EnterAsync();
        return new(Page.Url);
    }

    public async Task JoinAsync(Uri link)
    {
        await Page.GotoAsync(link.ToString());
        await EnterAsync();
    }

    /// <summary>Gives the name and presses Join on the page before a meeting; what comes of it is another matter.</summary>
    public async Task AskToEnterAsync()
    {
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Your name" }).FillAsync(Name);
        await PressAsync("Join");
    }

    /// <summary>Waits until this person is in the meeting.</summary>
    public Task IsInAsync() => Page.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).WaitForAsync();

    public async Task LeaveAsync()
    {
        await PressAsync("Leave");
        await Page.GetByRole(AriaRole.Heading, new() { Name = "You left the meeting" }).WaitForAsync();
    }

    public Task PressAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public ILocator TileOf(Person other) => Page.GetByRole(AriaRole.Group, new() { Name = other.Name });

    public Task<Look?> LookAtAsync(Person other) => Page.AskAsync<Look?>(Scripts.Look, other.Name);

    public async Task<Sound> HearAsync() => (await Page.AskAsync<Sound>(Scripts.Hear))!;

    /// <summary>Waits until this person sees the other's moving picture.</summary>
    public async Task SeesAsync(Person other, TimeSpan? timeout = null)
    {
        double? first = null;
        await Eventually.TrueAsync(
            async () =>
            {
                Look? look = await LookAtAsync(other);
                if (look is null || !look.Is(other.Colour))
                    return false;
                first ??= look.Time;
                return look.Time > first;
            },
            $"{Name} sees {other.Name} in {other.Colour}, moving",
            timeout,
            async () => $"{await LookAtAsync(other)}");
    }

    /// <summary>Waits until this person hears something.</summary>
    public async Task HearsAsync(TimeSpan? timeout = null)
    {
        Sound before = await HearAsync();
        await Eventually.TrueAsync(async () => (await HearAsync()).Energy > before.Energy + 0.001, $"{Name} hears somebody", timeout, async () => $"{before} then {await HearAsync()}");
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    private async Task EnterAsync()
    {
        await AskToEnterAsync();
        await IsInAsync();
    }
}
