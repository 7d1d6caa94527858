namespace Parley.Simulation.Publishers;

/// <summary>One layer of a simulated camera.</summary>
/// <param name="Rid">Its RTP stream id; empty without simulcast.</param>
/// <param name="Height">The picture's height.</param>
/// <param name="KeyPackets">Packets of a key frame.</param>
/// <param name="DeltaPackets">The most packets of another frame; each has at least one.</param>
/// <param name="Lag">By how much longer its encoder takes than the fastest one.</param>
public sealed record VideoLayerSettings(string Rid, int Height, int KeyPackets, int DeltaPackets, TimeSpan Lag = default);
