using System.Diagnostics;
using System.Text;

namespace Parley.Cli.Tests.Serving;

/// <summary>The <c>parley</c> command as its users run it: a process of its own.</summary>
internal sealed class ParleyProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ParleyProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
    }

    public int Id => _process.Id;

    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts the command in a working directory.</summary>
    public static ParleyProcess Start(string directory, IEnumerable<string> arguments, Dictionary<string, string>? environment = null)
    {
        // A test run in the background hands on that SIGINT is ignored; the shell of a person does not.
        ProcessStartInfo start = new("env", ["--default-signal=INT", "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "parley.dll"), .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? [])
            start.Environment[name] = value;
        ParleyProcess started = new(Process.Start(start)!);
        started._process.BeginOutputReadLine();
        started._process.BeginErrorReadLine();
        return started;
    }

    /// <summary>Starts a node on free ports and waits for its first line.</summary>
    public static async Task<(ParleyProcess Process, Uri Address)> ServeAsync(string data)
    {
        ParleyProcess process = Start(data, ["serve", "--http", "http://127.0.0.1:0", "--media-port", "0", "--shards", "1", "--data", data]);
        return (process, await process.ReadyAsync());
    }

    /// <summary>Waits for the address that the first line names.</summary>
    public async Task<Uri> ReadyAsync()
    {
        Task ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_ready.Task, ended).WaitAsync(Patience) == ended)
            throw new InvalidOperationException($"It ended: {Output}");
        return await _ready.Task;
    }

    /// <summary>Sends a signal, as the operator's <c>kill</c> does.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-s", name, $"{Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end and gives the exit code.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
        int at = line.IndexOf("is ready: ", StringComparison.Ordinal);
        if (at >= 0)
            _ready.TrySetResult(new Uri(line[(at + "is ready: ".Length)..]));
    }
}
