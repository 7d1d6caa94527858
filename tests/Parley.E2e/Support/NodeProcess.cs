using System.Collections.Concurrent;
using System.Diagnostics;

namespace Parley.E2e.Support;

/// <summary>A real node, or the demo's several: the release build on free ports over a temporary data directory, ended with the test.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly string _data = Directory.CreateTempSubdirectory("parley-e2e-").FullName;
    private readonly int _httpPort = FreePort.Tcp();
    private readonly int _mediaPort = FreePort.Udp();
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    private readonly bool _isDemo;
    private readonly string? _webRoot;
    private readonly bool _usesTls;

    private NodeProcess(bool isDemo, string? webRoot, bool usesTls)
    {
        _isDemo = isDemo;
        _webRoot = webRoot;
        _usesTls = usesTls;
    }

    public Uri Url => new($"{(_usesTls ? "https" : "http")}://localhost:{_httpPort}");

    public string Log => string.Join('\n', _log);

    /// <summary>Starts a node, with other pages than the web app's if told.</summary>
    public static Task<NodeProcess> StartAsync(string? webRoot = null) => StartAsync(isDemo: false, webRoot);

    /// <summary>Starts the demo: the regions of one organisation, each with a front door of its own.</summary>
    public static Task<NodeProcess> StartDemoAsync() => StartAsync(isDemo: true, webRoot: null);

    /// <summary>Starts a node that serves HTTPS with a certificate of its own making.</summary>
    public static Task<NodeProcess> StartTlsAsync() => StartAsync(isDemo: false, webRoot: null, usesTls: true);

    private static async Task<NodeProcess> StartAsync(bool isDemo, string? webRoot, bool usesTls = false)
    {
        NodeProcess node = new(isDemo, webRoot, usesTls);
        try
        {
            await node.LaunchAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the process at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts the same node again: the same data, the same ports.</summary>
    public async Task LaunchAsync()
    {
        ProcessStartInfo start = new(Repository.Command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in Arguments())
            start.ArgumentList.Add(argument);
        if (_webRoot is not null)
            start.Environment["PARLEY__WEBROOT"] = _webRoot;
        _process = Process.Start(start) ?? throw new InvalidOperationException("The node did not start.");
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        if (!_log.IsEmpty)
            TestContext.Current.TestOutputHelper?.WriteLine($"The log of the node at {Url}:\n{Log}");
        Directory.Delete(_data, recursive: true);
    }

    private string[] Arguments()
    {
        if (_isDemo)
            return ["demo", "--http", $"{Url}", "--data", _data];
        string[] arguments = ["serve", "--http", Url.GetLeftPart(UriPartial.Authority), "--media-port", $"{_mediaPort}", "--data", _data];
        if (!_usesTls)
            return arguments;
        (string chain, string key) = TestCertificate.Write(_data);
        return [.. arguments, "--certificate", chain, "--certificate-key", key];
    }

    private async Task WaitUntilReadyAsync()
    {
        using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true };
        using HttpClient http = new(handler) { BaseAddress = Url };
        await Eventually.TrueAsync(
            async () =>
            {
                if (_process!.HasExited)
                    throw new InvalidOperationException($"The node ended with code {_process.ExitCode}:\n{Log}");
                try
                {
                    return (await http.GetAsync("/readyz")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the node is ready",
            StartTimeout,
            () => Task.FromResult(Log));
    }

    private void Remember(string? line)
    {
        if (line is not null)
            _log.Enqueue(line);
    }
}
