using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Parley.E2e.Firefox;

/// <summary>The system's Firefox, headless, with a profile of its own; ended with the test.</summary>
internal sealed partial class FirefoxProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    // Nothing asks, nothing plays silently, nothing is fetched; addresses are named as they are.
    private static readonly Dictionary<string, object> Preferences = new()
    {
        ["media.navigator.permission.disabled"] = true,
        ["media.autoplay.default"] = 0,
        ["media.autoplay.blocking_policy"] = 0,
        ["media.navigator.streams.fake"] = true,
        ["media.peerconnection.ice.obfuscate_host_addresses"] = false,
        ["media.gmp-manager.updateEnabled"] = false,
        ["remote.prefs.recommended"] = true,
        ["datareporting.policy.dataSubmissionEnabled"] = false,
        ["toolkit.telemetry.enabled"] = false,
        ["app.normandy.enabled"] = false,
        ["network.captive-portal-service.enabled"] = false,
        ["network.connectivity-service.enabled"] = false,
        ["browser.shell.checkDefaultBrowser"] = false,
        ["dom.min_background_timeout_value"] = 4,
    };

    private readonly DirectoryInfo _profile = Directory.CreateTempSubdirectory("parley-firefox-");
    private Process? _process;

    private FirefoxProcess()
    {
    }

    /// <summary>Where it listens for BiDi.</summary>
    public Uri Address { get; private set; } = null!;

    public static async Task<FirefoxProcess> StartAsync()
    {
        FirefoxProcess firefox = new();
        try
        {
            await firefox.LaunchAsync();
            return firefox;
        }
        catch
        {
            await firefox.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        _profile.Delete(recursive: true);
    }

    private async Task LaunchAsync()
    {
        await File.WriteAllLinesAsync(Path.Combine(_profile.FullName, "user.js"), Preferences.Select(static preference =>
            $"user_pref(\"{preference.Key}\", {preference.Value.ToString()!.ToLowerInvariant()});"));
        ProcessStartInfo start = new(FindFirefox())
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList = { "--headless", "--no-remote", "--profile", _profile.FullName, "--remote-debugging-port", "0", "about:blank" },
        };
        start.Environment["HOME"] = _profile.FullName;
        TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (Listening().Match(line.Data ?? "") is { Success: true } match)
                listening.TrySetResult(new Uri($"{match.Groups[1].Value}/session"));
        };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(StartTimeout);
    }

    private static string FindFirefox() =>
        new[] { Environment.GetEnvironmentVariable("FIREFOX"), "/usr/bin/firefox-esr", "/usr/bin/firefox" }.FirstOrDefault(static path => path is not null && File.Exists(path))
        ?? throw new InvalidOperationException("No Firefox: install the package 'firefox-esr' or set FIREFOX.");

    [GeneratedRegex("WebDriver BiDi listening on (ws://[^ ]+)")]
    private static partial Regex Listening();
}
