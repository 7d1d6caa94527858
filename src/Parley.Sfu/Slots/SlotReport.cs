namespace Parley.Sfu.Slots;

/// <summary>What a sender report says about a slot's stream (RFC 3550 section 6.4.1).</summary>
/// <param name="Ssrc">The stream.</param>
/// <param name="Timestamp">The RTP timestamp of the report's moment.</param>
/// <param name="PacketCount">Packets sent so far; wraps.</param>
/// <param name="OctetCount">Payload bytes sent so far; wraps.</param>
public readonly record struct SlotReport(uint Ssrc, uint Timestamp, uint PacketCount, uint OctetCount);
