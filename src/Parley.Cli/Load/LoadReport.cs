using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Load;

/// <summary>A result as a table for people.</summary>
public static class LoadReport
{
    /// <summary>The table.</summary>
    public static IRenderable Of(LoadResult result)
    {
        Table table = new Table().HideHeaders().AddColumn("what").AddColumn(new TableColumn("figure").RightAligned());
        Add("joined", $"{result.Joined} of {result.Publishers + result.Subscribers}, {result.JoinMedianMs:0} ms each, at most {result.JoinMaximumMs:0} ms");
        Add("delivered", $"{result.Delivered:N0} packets, {result.DeliveredPerSecond:N0}/s");
        Add("lost", $"{result.Loss:P3}");
        if (result.SilentStreams > 0)
            Add("silent streams", $"{result.SilentStreams} of {result.Streams}");
        Add("delay", $"p50 {result.LatencyP50Ms:0.00} ms, p99 {result.LatencyP99Ms:0.00} ms, p99.9 {result.LatencyP999Ms:0.00} ms");
        if (result.ServerMicrosecondsPerPacket is { } cost)
            Add("server's processor time", $"{cost:0.00} us a delivered packet ({result.ServerProcessorSeconds / result.Seconds:P0} of a core)");
        if (result.ServerBytesPerPeer is { } bytes)
            Add("server's memory", $"{result.ServerResidentBytes / 1e6:0} MB, {bytes / 1e3:0} kB a peer");
        Add("this load's processor time", $"{result.LoadProcessorSeconds / result.Seconds:P0} of a core");
        return table;

        void Add(string what, FormattableString figure) => table.AddRow(what, figure.ToString(CultureInfo.InvariantCulture));
    }
}
