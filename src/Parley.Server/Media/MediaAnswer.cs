using Parley.Sfu.Rooms;

namespace Parley.Server.Media;

/// <summary>The answer to an offer.</summary>
/// <param name="Transport">The new transport.</param>
/// <param name="Sdp">The answer.</param>
/// <param name="Audio">Whether the peer publishes sound.</param>
/// <param name="Video">Whether the peer publishes pictures.</param>
internal sealed record MediaAnswer(TransportId Transport, string Sdp, bool Audio, bool Video)
{
    /// <summary>What the peer needs to come through the node's tunnel; null: there is none for it.</summary>
    public TunnelPass? Tunnel { get; init; }
}
