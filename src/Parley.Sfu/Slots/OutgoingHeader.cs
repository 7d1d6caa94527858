namespace Parley.Sfu.Slots;

/// <summary>The numbers that a forwarded packet gets in a slot's stream.</summary>
/// <param name="PayloadType">The subscriber's payload type.</param>
/// <param name="Ssrc">The slot's SSRC, or that of its retransmissions.</param>
/// <param name="Sequence">The extended sequence number.</param>
/// <param name="Timestamp">The extended timestamp.</param>
/// <param name="CodecIds">The codec ids, where the payload has them.</param>
/// <param name="FrameOffset">What is added to the frame number of a dependency descriptor.</param>
public readonly record struct OutgoingHeader(byte PayloadType, uint Ssrc, long Sequence, long Timestamp, CodecIds CodecIds, ushort FrameOffset);
