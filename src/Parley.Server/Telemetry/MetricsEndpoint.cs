using Parley.Server.Media;
using Parley.Server.Meetings;
using Parley.Server.Nodes;
using Parley.Sfu.Rooms;

namespace Parley.Server.Telemetry;

/// <summary><c>/metrics</c>: written when asked for, from counters that are kept anyway; several nodes in one process stay apart.</summary>
internal static class MetricsEndpoint
{
    /// <summary>Adds the call.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes
        .MapGet("/metrics", static (IMediaNode media, NodeActivity activity, IMediaNodes nodes, TunnelMetrics tunnel) => Results.Text(Write(media.Snapshot(), activity, nodes, tunnel), "text/plain; version=0.0.4; charset=utf-8"))
        .WithTags("Operations")
        .WithSummary("Figures for Prometheus")
        .Produces<string>(StatusCodes.Status200OK, "text/plain");

    private static string Write(IReadOnlyList<ShardSnapshot> shards, NodeActivity activity, IMediaNodes nodes, TunnelMetrics tunnel)
    {
        MetricsText text = new();
        WriteNode(text, activity, nodes);
        WriteShards(text, shards);
        tunnel.Write(text);
        WriteRuntime(text);
        return text.ToString();
    }

    private static void WriteNode(MetricsText text, NodeActivity activity, IMediaNodes nodes) => text
        .Metric("parley_meetings", "gauge", "Meetings with someone in them.").Value("parley_meetings", activity.Meetings)
        .Metric("parley_participants", "gauge", "Participants, WHIP publishers included.").Value("parley_participants", activity.Participants)
        .Metric("parley_sessions", "gauge", "WHIP and WHEP sessions.").Value("parley_sessions", activity.Sessions)
        .Metric("parley_joins_total", "counter", "Joins, resumed ones included.").Value("parley_joins_total", activity.Joins)
        .Metric("parley_nodes_alive", "gauge", "Media nodes of the directory that answer, this one included if it is one.").Value("parley_nodes_alive", nodes.All.Count(static node => node.IsAlive));

    private static void WriteShards(MetricsText text, IReadOnlyList<ShardSnapshot> shards)
    {
        ShardSnapshot[] reported = [.. shards.Where(static shard => shard.Statistics is not null)];
        Write("parley_shard_rooms", "gauge", "Rooms.", static shard => shard.Statistics!.Rooms);
        Write("parley_shard_transports", "gauge", "Transports.", static shard => shard.Statistics!.Transports.Count);
        Write("parley_shard_datagrams_received_total", "counter", "Datagrams received.", static shard => shard.Statistics!.DatagramsReceived);
        Write("parley_shard_datagrams_sent_total", "counter", "Datagrams sent.", static shard => shard.Statistics!.DatagramsSent);
        Write("parley_shard_received_bytes_total", "counter", "Bytes received in datagrams.", static shard => shard.Statistics!.BytesReceived);
        Write("parley_shard_sent_bytes_total", "counter", "Bytes sent in datagrams.", static shard => shard.Statistics!.BytesSent);

        WriteRelays(text, [.. reported.SelectMany(static shard => shard.Statistics!.Relays)]);
        text.Metric("parley_shard_drops_total", "counter", "Datagrams and packets dropped, by reason.");
        foreach (ShardSnapshot shard in reported)
        {
            foreach ((string reason, long count) in shard.Statistics!.Drops)
                text.Value("parley_shard_drops_total", count, ("shard", $"{shard.Shard}"), ("reason", reason));
        }

        text.Metric("parley_shard_loop", "gauge", "What the shard's loop counts, by kind.");
        foreach (ShardSnapshot shard in shards)
        {
            foreach ((string kind, double value) in shard.Loop)
                text.Value("parley_shard_loop", value, ("shard", $"{shard.Shard}"), ("kind", kind));
        }

        void Write(string name, string type, string help, Func<ShardSnapshot, double> value)
        {
            text.Metric(name, type, help);
            foreach (ShardSnapshot shard in reported)
                text.Value(name, value(shard), ("shard", $"{shard.Shard}"));
        }
    }

    private static void WriteRelays(MetricsText text, RelayStatistics[] links)
    {
        text.Metric("parley_relay_links", "gauge", "Relay links that carry media.").Value("parley_relay_links", links.Count(static link => link.Connected));
        text.Metric("parley_relay_layers", "gauge", "Layers that cross relay links now: each counts once for a link.");
        text.Value("parley_relay_layers", Needed(static row => row.Sent), ("direction", "sent"));
        text.Value("parley_relay_layers", Needed(static row => row.Received), ("direction", "received"));
        text.Metric("parley_relay_packets_total", "counter", "Packets on relay links that are open now.");
        text.Value("parley_relay_packets_total", links.Sum(static link => link.PacketsSent), ("direction", "sent"));
        text.Value("parley_relay_packets_total", links.Sum(static link => link.PacketsReceived), ("direction", "received"));
        text.Metric("parley_relay_bytes_total", "counter", "Bytes on relay links that are open now.");
        text.Value("parley_relay_bytes_total", links.Sum(static link => link.BytesSent), ("direction", "sent"));
        text.Value("parley_relay_bytes_total", links.Sum(static link => link.BytesReceived), ("direction", "received"));

        int Needed(Func<RelayRowStatistics, IReadOnlyList<RelayLayerStatistics>> side) => links.Sum(link => link.Rows.Sum(row => side(row).Count(static layer => layer.IsNeeded)));
    }

    private static void WriteRuntime(MetricsText text)
    {
        text.Metric("parley_gc_pause_seconds_total", "counter", "Time in which the garbage collector stopped every thread.").Value("parley_gc_pause_seconds_total", GC.GetTotalPauseDuration().TotalSeconds);
        text.Metric("parley_gc_collections_total", "counter", "Garbage collections by generation.");
        for (int generation = 0; generation <= GC.MaxGeneration; generation++)
            text.Value("parley_gc_collections_total", GC.CollectionCount(generation), ("generation", $"{generation}"));
        text.Metric("parley_allocated_bytes_total", "counter", "Bytes allocated on the managed heap.").Value("parley_allocated_bytes_total", GC.GetTotalAllocatedBytes());
        text.Metric("process_resident_memory_bytes", "gauge", "Resident memory.").Value("process_resident_memory_bytes", Environment.WorkingSet);
        text.Metric("process_cpu_seconds_total", "counter", "Processor time used.").Value("process_cpu_seconds_total", Environment.CpuUsage.TotalTime.TotalSeconds);
    }
}
