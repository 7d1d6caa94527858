using Parley.Rtc.Primitives;

namespace Parley.Server.Media;

/// <summary>The ways through this node's tunnel.</summary>
/// <param name="Urls">TURN servers, as RFC 7065 writes them.</param>
/// <param name="Tcp">Where ICE-TCP is taken, best first.</param>
internal sealed record TunnelWays(IReadOnlyList<string> Urls, IReadOnlyList<TransportAddress> Tcp)
{
    /// <summary>None: before anything listens.</summary>
    public static TunnelWays None { get; } = new([], []);
}
