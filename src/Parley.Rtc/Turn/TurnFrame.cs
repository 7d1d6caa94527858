using System.Buffers.Binary;
using Parley.Rtc.Stun;

namespace Parley.Rtc.Turn;

/// <summary>Where a message of TURN ends on a stream (RFC 8656 section 3.1, 12.5): a STUN message by its own length, ChannelData by its own, padded to four bytes.</summary>
public static class TurnFrame
{
    /// <summary>Bytes that tell how long a message is; of ChannelData, its header.</summary>
    public const int HeaderLength = 4;

    /// <summary>The longest message that is taken: a datagram of the largest packet buffer and the attributes of a Send indication.</summary>
    public const int MaximumLength = 2304;

    /// <summary>The first channel number (RFC 8656 section 12).</summary>
    public const ushort FirstChannel = 0x4000;

    /// <summary>The last one.</summary>
    public const ushort LastChannel = 0x4FFF;

    /// <summary>Reads how many bytes the message at the beginning takes on the stream; false when no message of TURN begins so, or it would be too long.</summary>
    /// <param name="header">At least <see cref="HeaderLength"/> bytes.</param>
    /// <param name="length">Header and padding included.</param>
    public static bool TryReadLength(ReadOnlySpan<byte> header, out int length)
    {
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(header);
        int said = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        bool isChannel = type is >= FirstChannel and <= LastChannel;
        length = isChannel ? HeaderLength + ((said + 3) & ~3) : StunConstants.HeaderLength + said;
        return (isChannel || (type < FirstChannel && (said & 3) == 0)) && length <= MaximumLength;
    }

    /// <summary>Reads a whole message as ChannelData; false when it is none.</summary>
    public static bool TryReadChannel(ReadOnlySpan<byte> frame, out ushort channel, out int dataLength)
    {
        channel = 0;
        dataLength = 0;
        if (frame.Length < HeaderLength || (frame[0] & 0xC0) != 0x40)
            return false;
        channel = BinaryPrimitives.ReadUInt16BigEndian(frame);
        dataLength = BinaryPrimitives.ReadUInt16BigEndian(frame[2..]);
        return dataLength <= frame.Length - HeaderLength;
    }

    /// <summary>Writes ChannelData with its padding and returns its length; 0 when there is no room.</summary>
    public static int WriteChannel(ushort channel, ReadOnlySpan<byte> data, Span<byte> destination)
    {
        int padded = (data.Length + 3) & ~3;
        if (data.Length > ushort.MaxValue || destination.Length < HeaderLength + padded)
            return 0;
        BinaryPrimitives.WriteUInt16BigEndian(destination, channel);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)data.Length);
        data.CopyTo(destination[HeaderLength..]);
        destination.Slice(HeaderLength + data.Length, padded - data.Length).Clear();
        return HeaderLength + padded;
    }
}
