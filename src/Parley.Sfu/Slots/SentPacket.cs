namespace Parley.Sfu.Slots;

/// <summary>What is needed to write a sent packet again, the same but for its header extensions; the payload is read from the layer's cache.</summary>
/// <param name="Outgoing">Its extended sequence number in the slot's stream.</param>
/// <param name="Source">Its extended sequence number in its layer.</param>
/// <param name="TimestampOffset">What is added to the layer's timestamp, modulo 2^32.</param>
/// <param name="SourceKey">Which source's layer: the slot's own number for it, so that a packet of a former source is still found.</param>
/// <param name="CodecIds">The codec ids that it was sent with.</param>
public readonly record struct SentPacket(long Outgoing, long Source, int TimestampOffset, int SourceKey, CodecIds CodecIds);
