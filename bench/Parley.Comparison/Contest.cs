using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Parley.Cli.Load;
using Parley.Cli.Load.Signalling;
using Parley.Dtls;

namespace Parley.Comparison;

/// <summary>Runs one case against one server that is started for it and ended after it, pinned to one core; the load runs on the others.</summary>
internal sealed class Contest(IPAddress address, int serverCore, TimeSpan warmUp, TimeSpan duration)
{
    private const int RememberedLines = 20;

    // Both servers have served these few people before anything is measured: memory is then what more people cost, without what a cold process loads and compiles once.
    private static readonly Case First = new("first people", 2, 4, 2);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan FirstWarmUp = TimeSpan.FromSeconds(5);

    // Time to let go of the first people.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private readonly ConcurrentQueue<string> _output = new();

    public async Task<LoadResult> RunAsync(Contender contender, Case load)
    {
        string folder = Directory.CreateTempSubdirectory("parley-bench-").FullName;
        using Process server = Start(contender, folder);
        try
        {
            await WaitUntilReadyAsync(contender, server);
            await RunAsync(contender, First, server.Id, FirstWarmUp, TimeSpan.Zero);
            await Task.Delay(Settling);
            return await RunAsync(contender, load, server.Id, warmUp, duration);
        }
        catch (InvalidOperationException failure)
        {
            throw new InvalidOperationException($"{contender.Name}, {load.Name}: {failure.Message}\nIts last lines:\n{string.Join('\n', _output)}", failure);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<LoadResult> RunAsync(Contender contender, Case load, int server, TimeSpan before, TimeSpan measured)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DtlsEndpointFactory dtls = new(DtlsCertificate.Create(key));
        await using ILoadSignalling signalling = contender.Signalling();
        LoadOptions options = new()
        {
            Node = contender.Ready,
            Publishers = load.Publishers,
            Subscribers = load.Subscribers,
            Watched = load.Watched,
            WarmUp = before,
            Duration = measured,
            ServerProcess = server,
            LocalAddress = address,
        };
        return await new LoadRun(options, signalling, dtls, static _ => { }).RunAsync(CancellationToken.None);
    }

    private Process Start(Contender contender, string folder)
    {
        ProcessStartInfo wanted = contender.Start(folder);
        // taskset becomes the server by exec, so the process id is the server's.
        ProcessStartInfo pinned = new("taskset") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-c", $"{serverCore}", wanted.FileName, .. wanted.ArgumentList])
            pinned.ArgumentList.Add(argument);
        Process process = Process.Start(pinned) ?? throw new InvalidOperationException($"{contender.Name} did not start.");
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Remember(string? line)
    {
        _output.Enqueue(line ?? "");
        while (_output.Count > RememberedLines)
            _output.TryDequeue(out _);
    }

    private static async Task WaitUntilReadyAsync(Contender contender, Process server)
    {
        using HttpClient http = new();
        long began = Stopwatch.GetTimestamp();
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync())
        {
            if (server.HasExited || Stopwatch.GetElapsedTime(began) > StartTimeout)
                throw new InvalidOperationException($"{contender.Name} did not come up.");
            try
            {
                using HttpResponseMessage response = await http.GetAsync(contender.Ready);
                return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
    }
}
