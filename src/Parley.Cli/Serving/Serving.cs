using Microsoft.Extensions.Configuration;
using Parley.Server.Configuration;
using Parley.Server.Hosting;
using Spectre.Console;

namespace Parley.Cli.Serving;

/// <summary>Runs a node from its first line on the console to its last.</summary>
internal static class Serving
{
    private const int WrongUse = 2;

    /// <summary>Starts a node and stops it when cancelled, which SIGTERM and SIGINT do. Returns the exit code.</summary>
    public static Task<int> RunAsync(Dictionary<string, string?> flags, CancellationToken cancellation) => RunAsync(flags, RunNodeAsync, cancellation);

    /// <summary>Reads the options and does <paramref name="run"/>; what goes wrong is one line on the console. Returns the exit code.</summary>
    public static async Task<int> RunAsync(Dictionary<string, string?> flags, Func<IConfigurationRoot, NodeOptions, CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        try
        {
            IConfigurationRoot configuration = NodeConfiguration.Build(Environment.CurrentDirectory, flags);
            return await run(configuration, NodeConfiguration.Read(configuration), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception fault) when (fault is ArgumentException or IOException or InvalidOperationException or InvalidDataException or UnauthorizedAccessException)
        {
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).MarkupLineInterpolated($"[red]Parley could not start:[/] {fault.Message}");
            return WrongUse;
        }
    }

    private static async Task<int> RunNodeAsync(IConfigurationRoot configuration, NodeOptions options, CancellationToken cancellation)
    {
        await using ParleyNode node = await ParleyNode.StartAsync(options, configuration, cancellation);
        Greet(node, options);
        await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(static _ => { }, TaskScheduler.Default);
        await node.StopAsync();
        return 0;
    }

    private static void Greet(ParleyNode node, NodeOptions options)
    {
        string address = node.Address.ToString().TrimEnd('/');
        if (options.Http.Contains("//localhost", StringComparison.OrdinalIgnoreCase))
            address = address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Console.WriteLine($"Parley is ready: {address}");
        Console.WriteLine($"Region {options.Region}, data in {Path.GetFullPath(options.Data)}. Ctrl+C stops it.");
    }
}
