using Parley.Server.Media;

namespace Parley.Server.Tunnel;

/// <summary>What every connection of the tunnel works with.</summary>
/// <param name="Media">The shards.</param>
/// <param name="Passes">The credentials.</param>
/// <param name="Tunnels">The connections.</param>
/// <param name="Counters">The counters.</param>
internal sealed record TunnelServices(IMediaNode Media, TunnelPasses Passes, Tunnels Tunnels, TunnelCounters Counters);
