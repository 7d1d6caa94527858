using System.Buffers.Binary;

namespace Parley.Rtc.Rtp.Extensions;

/// <summary>The transport-wide sequence number: 16 bits counted over all packets of a transport (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2).</summary>
public static class TransportSequence
{
    /// <summary>Bytes of the extension.</summary>
    public const int Length = 2;

    /// <summary>Reads it; false for any other length.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out ushort sequence)
    {
        sequence = data.Length == Length ? BinaryPrimitives.ReadUInt16BigEndian(data) : (ushort)0;
        return data.Length == Length;
    }

    /// <summary>Writes it; false when there is no room.</summary>
    public static bool TryWrite(Span<byte> destination, ushort sequence) => BinaryPrimitives.TryWriteUInt16BigEndian(destination, sequence);
}
