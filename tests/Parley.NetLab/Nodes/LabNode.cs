using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Parley.E2e.Support;
using Parley.Net.Clocks;
using Parley.NetLab.Network;
using Parley.NetLab.People;

namespace Parley.NetLab.Nodes;

/// <summary>A real <c>parley serve</c> in a namespace of its own.</summary>
internal sealed class LabNode : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly LabDirectory _directory;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly HttpClient _http;
    private Process? _process;

    public LabNode(string id, string region, string[] roles, WanPort port, LabDirectory directory, string folder)
    {
        (Id, Region, Port, _directory, _folder) = (id, region, port, directory, folder);
        Entry = LabDirectory.MakeNode(Data, id, region, roles, $"{port.Address}");
        _http = InsideHttp.Client(port.Space, new Uri($"http://{port.Address}:{LabWorld.HttpPort}"));
    }

    public string Id { get; }

    public string Region { get; }

    public WanPort Port { get; }

    /// <summary>Its entry in directories.</summary>
    public JsonObject Entry { get; }

    public Uri Url => _http.BaseAddress!;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    public string Log => string.Join('\n', _log);

    /// <summary>The secrets of its TLS connections, for whoever reads the captures.</summary>
    public string KeyLog => Path.Combine(_folder, $"{Id}.keys");

    private string Data => Path.Combine(_folder, Id);

    /// <summary>Starts it and waits until it serves.</summary>
    public async Task StartAsync()
    {
        Launch();
        Starts++;
        await Eventually.TrueAsync(IsReadyAsync, $"{Id} is ready", StartTimeout, () => Task.FromResult(Log));
    }

    /// <summary>Its figures, asked for over its own loopback: no capture sees it.</summary>
    public async Task<Metrics> MetricsAsync() => Metrics.Read(await _http.GetStringAsync("/metrics"));

    /// <summary>Ends the process at once (<c>kill -9</c>).</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to end (SIGTERM) and waits until it has.</summary>
    public async Task StopAsync()
    {
        _ = Libc.Kill(_process!.Id, Libc.Terminate);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            await KillAsync();
        _process?.Dispose();
        _http.Dispose();
    }

    private void Launch()
    {
        // As out/parley runs it, and one switch of the runtime more: TLS writes its secrets down where SSLKEYLOGFILE says, so that the captures can be read.
        string settings = Path.Combine(_folder, $"{Id}.runtimeconfig.json");
        string program = Path.Combine(Repository.Root, "out", "parley");
        JsonNode runtime = JsonNode.Parse(File.ReadAllText($"{program}.runtimeconfig.json"))!;
        runtime["runtimeOptions"]!["configProperties"]!["System.Net.EnableSslKeyLogging"] = true;
        File.WriteAllText(settings, runtime.ToJsonString());
        ProcessStartInfo start = new("ip") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments =
        [
            "netns", "exec", Port.Space.Name, "dotnet", "exec", "--runtimeconfig", settings, "--depsfile", $"{program}.deps.json", $"{program}.dll",
            "serve", "--http", $"http://{Port.Address}:{LabWorld.HttpPort}", "--plain-http", "--media-port", $"{LabWorld.MediaPort}", "--announce", $"{Port.Address}", "--shards", "1",
            "--region", Region, "--data", Data, "--directory", _directory.File, "--operator-key", _directory.OperatorKey, "--control", $"{Port.Address}:{LabWorld.ControlPort}",
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["SSLKEYLOGFILE"] = KeyLog;
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{Id} did not start.");
        _process.OutputDataReceived += (_, line) => Remember(line.Data);
        _process.ErrorDataReceived += (_, line) => Remember(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process!.HasExited)
            throw new InvalidOperationException($"{Id} ended with code {_process.ExitCode}:\n{Log}");
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Remember(string? line)
    {
        if (line is not null)
            _log.Enqueue($"{MonotonicClock.Shared.Now.Microseconds / 1e6:0.000} {line}");
    }
}
