using System.Buffers.Binary;
using System.Numerics;

namespace Parley.Rtc.Rtcp;

/// <summary>Walks over the sequence numbers that a generic NACK asks for (RFC 4585 section 6.2.1): each entry names one and a bitmap of the sixteen that follow.</summary>
public ref struct NackReader
{
    private readonly ReadOnlySpan<byte> _entries;
    private int _position;
    private ushort _packetId;
    private uint _bits;

    private NackReader(RtcpPacketView packet)
    {
        MediaSsrc = packet.MediaSsrc;
        _entries = packet.Body[8..];
    }

    /// <summary>The source whose packets are missing.</summary>
    public uint MediaSsrc { get; }

    /// <summary>The sequence number that the last <see cref="MoveNext"/> found.</summary>
    public ushort Current { get; private set; }

    /// <summary>Starts before the first number; false when it is another packet or has no whole entry.</summary>
    public static bool TryRead(RtcpPacketView packet, out NackReader nack)
    {
        nack = default;
        if (!packet.IsFeedback(RtcpPacketType.TransportLayerFeedback, FeedbackFormat.Nack) || packet.Body.Length < 12 || packet.Body.Length % 4 != 0)
            return false;
        nack = new(packet);
        return true;
    }

    /// <summary>Goes on to the next number; false at the end.</summary>
    public bool MoveNext()
    {
        if (_bits == 0)
        {
            if (_position >= _entries.Length)
                return false;
            _packetId = BinaryPrimitives.ReadUInt16BigEndian(_entries[_position..]);
            // Bit 0 is the packet id itself; bit n the n-th after it.
            _bits = ((uint)BinaryPrimitives.ReadUInt16BigEndian(_entries[(_position + 2)..]) << 1) | 1;
            _position += 4;
        }

        Current = (ushort)(_packetId + BitOperations.TrailingZeroCount(_bits));
        _bits &= _bits - 1;
        return true;
    }
}
