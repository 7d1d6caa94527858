namespace Parley.Sfu.Relays;

/// <summary>One layer of an offered source.</summary>
/// <param name="Ssrc">The SSRC that it has on the link while it is wanted; drawn for this offer.</param>
/// <param name="RtxSsrc">The SSRC of its retransmissions; 0 for sound.</param>
/// <param name="Height">Pixels; 0 while unknown.</param>
/// <param name="IsLive">Whether its publisher sends it now.</param>
public readonly record struct RelayLayer(uint Ssrc, uint RtxSsrc, ushort Height, bool IsLive)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 11;
}
