using Microsoft.Playwright;

namespace Parley.E2e.Support;

/// <summary>The system's Chromium, headless, with the flags under which hidden pages run at full speed.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required",
        "--disable-renderer-backgrounding", "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows",
    ];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static Task<Browser> StartAsync(params string[] moreFlags) => StartAsync(FindChromium(), moreFlags);

    /// <summary>Starts it by another command, which is given Chromium's as its own last words: in a network namespace, for one.</summary>
    public static async Task<Browser> StartInAsync(string[] command, params string[] moreFlags)
    {
        string script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, $"#!/bin/sh\nexec {string.Join(' ', command)} {FindChromium()} \"$@\"\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return await StartAsync(script, moreFlags);
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static async Task<Browser> StartAsync(string executable, string[] moreFlags)
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Headless = true,
            Args = [.. Flags, .. moreFlags],
        });
        return new(playwright, browser);
    }

    /// <summary>A new person's browser profile; nothing is shared with the others.</summary>
    public Task<IBrowserContext> NewContextAsync(int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light, string locale = "en-GB") =>
        _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            Locale = locale,
            Permissions = ["camera", "microphone"],
        });

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    private static string FindChromium() =>
        new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
            .FirstOrDefault(static path => path is not null && File.Exists(path))
        ?? throw new InvalidOperationException("No Chromium: install the package 'chromium' or set CHROMIUM.");
}
