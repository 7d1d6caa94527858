using System.Buffers.Binary;

namespace Parley.Rtc.Ice;

/// <summary>The framing of ICE-TCP (RFC 6544 section 10.1, RFC 4571 section 2): two bytes of length before each datagram.</summary>
public static class IceTcpFrame
{
    /// <summary>Bytes before a datagram.</summary>
    public const int HeaderLength = 2;

    /// <summary>The longest datagram that is taken: that of the largest packet buffer.</summary>
    public const int MaximumDatagram = 2048;

    /// <summary>Reads how long the datagram behind the header is; false when it is longer than any that is taken.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> header, out int length)
    {
        length = BinaryPrimitives.ReadUInt16BigEndian(header);
        return length <= MaximumDatagram;
    }

    /// <summary>Writes a datagram with its header and returns how many bytes that are; 0 when there is no room.</summary>
    public static int Write(ReadOnlySpan<byte> datagram, Span<byte> destination)
    {
        if (datagram.Length > ushort.MaxValue || destination.Length < HeaderLength + datagram.Length)
            return 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination, (ushort)datagram.Length);
        datagram.CopyTo(destination[HeaderLength..]);
        return HeaderLength + datagram.Length;
    }
}
