namespace Parley.Sfu.Rooms;

/// <summary>One layer of a source on a relay link.</summary>
/// <param name="Source">The source.</param>
/// <param name="Layer">The layer's index, lowest 0.</param>
/// <param name="IsNeeded">Whether the receiving end wants it now.</param>
/// <param name="Packets">RTP packets so far; what the receiving end counts includes retransmissions.</param>
/// <param name="Bytes">Bytes of payload sent, or of datagrams received.</param>
public readonly record struct RelayLayerStatistics(SourceId Source, int Layer, bool IsNeeded, long Packets, long Bytes);
