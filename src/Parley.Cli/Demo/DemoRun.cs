using Microsoft.Extensions.Configuration;
using Parley.Routing.Regions;
using Parley.Server.Configuration;
using Parley.Server.Hosting;

namespace Parley.Cli.Demo;

/// <summary>The demo's nodes, all in this process, each with its own key, data and ports: from the first line on the console to the last.</summary>
internal static class DemoRun
{
    /// <summary>Starts the nodes and stops them when cancelled. Returns the exit code.</summary>
    /// <exception cref="IOException">A port or the data directory is in use.</exception>
    public static async Task<int> RunAsync(IConfigurationRoot configuration, NodeOptions options, CancellationToken cancellation)
    {
        if (OptionsChecks.FindFault(options) is { } fault)
            throw new ArgumentException(fault);
        ParleyNode[] nodes = await StartAsync(configuration, options, cancellation);
        try
        {
            Greet(nodes, new Uri(options.Http).Host);
            await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
        finally
        {
            await Task.WhenAll(nodes.Select(static node => node.DisposeAsync().AsTask()));
        }

        return 0;
    }

    private static async Task<ParleyNode[]> StartAsync(IConfigurationRoot configuration, NodeOptions options, CancellationToken cancellation)
    {
        using DemoPorts ports = new();
        List<DemoSite> sites = Sites(options, ports);
        (string directory, string operatorKey) = DemoDirectory.Write(options.Data, sites, TimeProvider.System);
        Task<ParleyNode>[] starting = [.. sites.Select(site => Task.Run(
            () => ParleyNode.StartAsync(
                options with
                {
                    Http = site.Http,
                    Control = site.Control,
                    Data = site.Data,
                    Region = site.Region.Id,
                    Shards = 1,
                    MediaPort = 0,
                    DirectoryFile = directory,
                    OperatorKeyFile = operatorKey,
                    PretendedPlaces = true,
                },
                configuration,
                cancellation),
            cancellation))];
        try
        {
            return await Task.WhenAll(starting);
        }
        catch
        {
            foreach (Task<ParleyNode> started in starting.Where(static task => task.IsCompletedSuccessfully))
                await (await started).DisposeAsync();
            throw;
        }
    }

    private static List<DemoSite> Sites(NodeOptions options, DemoPorts ports)
    {
        Uri first = new(options.Http);
        List<DemoSite> sites = [];
        foreach (Region region in DemoWorld.Regions)
        {
            bool isFirst = sites.Count == 0;
            int http = isFirst && first.Port != 0 ? first.Port : ports.Take(first.Port == 0 ? 0 : first.Port + sites.Count);
            sites.Add(new DemoSite(
                region,
                $"{first.Scheme}://{first.Host}:{http}",
                $"127.0.0.1:{ports.Take(0)}",
                Path.Combine(Path.GetFullPath(options.Data), region.Id)));
        }

        return sites;
    }

    private static void Greet(ParleyNode[] nodes, string host)
    {
        // The front door as the directory has it: a browser takes another name of the same machine for another site.
        Uri door = new UriBuilder(nodes[0].Address) { Host = host }.Uri;
        Console.WriteLine($"Parley demo is ready: {door.GetLeftPart(UriPartial.Authority)}");
        Console.WriteLine($"{nodes.Length} regions on this machine, each its own node: "
            + string.Join(", ", DemoWorld.Regions.Zip(nodes, static (region, node) => $"{region.City} ({region.Country}) at port {node.Address.Port}")) + ". Ctrl+C stops them.");
    }
}
