using System.Buffers.Binary;

namespace Parley.Rtc.Rtp;

/// <summary>The payload of a retransmission: the original sequence number, then the original payload (RFC 4588 section 4).</summary>
public static class RtxPayload
{
    /// <summary>Bytes of the original sequence number.</summary>
    public const int HeaderLength = 2;

    /// <summary>Reads a payload whose padding was taken off; false when it is too short to repair anything, as the probes that browsers send are.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out ushort originalSequence, out ReadOnlySpan<byte> originalPayload)
    {
        originalSequence = 0;
        originalPayload = default;
        if (payload.Length <= HeaderLength)
            return false;
        originalSequence = BinaryPrimitives.ReadUInt16BigEndian(payload);
        originalPayload = payload[HeaderLength..];
        return true;
    }

    /// <summary>Writes the original sequence number and returns its length, behind which the original payload goes; 0 when there is no room.</summary>
    public static int WriteHeader(Span<byte> destination, ushort originalSequence) =>
        BinaryPrimitives.TryWriteUInt16BigEndian(destination, originalSequence) ? HeaderLength : 0;
}
