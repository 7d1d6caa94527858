using Parley.Rtc.Primitives;

namespace Parley.Sfu.Tracks;

/// <summary>A received packet that stays in its buffer so that it can be sent again.</summary>
/// <param name="Sequence">Its extended sequence number in the layer.</param>
/// <param name="Timestamp">Its extended timestamp in the layer.</param>
/// <param name="Arrival">When it came.</param>
/// <param name="Slot">The packet buffer that holds it, decrypted.</param>
/// <param name="PayloadOffset">Where its payload begins in the buffer.</param>
/// <param name="PayloadLength">Bytes of payload, without padding.</param>
/// <param name="Marker">The marker bit (RFC 3550 section 5.1).</param>
public readonly record struct CachedPacket(
    long Sequence,
    long Timestamp,
    MonotonicTime Arrival,
    int Slot,
    ushort PayloadOffset,
    ushort PayloadLength,
    bool Marker);
