using Parley.Server.Tunnel;

namespace Parley.Server.Telemetry;

/// <summary>The tunnel's figures.</summary>
internal sealed class TunnelMetrics(Tunnels tunnels, HalfOpenGate halfOpen, TunnelCounters counters)
{
    /// <summary>Writes them.</summary>
    public void Write(MetricsText text)
    {
        text.Metric("parley_tunnels", "gauge", "Connections that are led to a shard, by kind.");
        text.Value("parley_tunnels", tunnels.Count(TunnelKind.Turn), ("kind", "turn")).Value("parley_tunnels", tunnels.Count(TunnelKind.IceTcp), ("kind", "ice-tcp"));
        text.Metric("parley_half_open_connections", "gauge", "TCP connections of which it is not known yet what they are for.").Value("parley_half_open_connections", halfOpen.Count);
        text.Metric("parley_tunnel_packets_total", "counter", "Datagrams through the tunnel.");
        text.Value("parley_tunnel_packets_total", counters.In.Packets, ("direction", "in")).Value("parley_tunnel_packets_total", counters.Out.Packets, ("direction", "out"));
        text.Metric("parley_tunnel_bytes_total", "counter", "Bytes of datagrams through the tunnel.");
        text.Value("parley_tunnel_bytes_total", counters.In.Bytes, ("direction", "in")).Value("parley_tunnel_bytes_total", counters.Out.Bytes, ("direction", "out"));
        text.Metric("parley_tunnel_refusals_total", "counter", "What the tunnel refused, by reason.");
        foreach ((string reason, long count) in counters.Refusals)
            text.Value("parley_tunnel_refusals_total", count, ("reason", reason));
        text.Metric("parley_tunnel_ends_total", "counter", "Connections of the tunnel that ended, by reason.");
        foreach ((string reason, long count) in counters.Ends)
            text.Value("parley_tunnel_ends_total", count, ("reason", reason));
    }
}
