using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>A goodbye (RFC 3550 section 6.6): these sources have ended.</summary>
public readonly ref struct ByeView
{
    private readonly ReadOnlySpan<byte> _body;

    private ByeView(ReadOnlySpan<byte> body, int count)
    {
        _body = body;
        Count = count;
    }

    /// <summary>How many sources ended, 0 to 31.</summary>
    public int Count { get; }

    /// <summary>Why, as UTF-8 text; empty when it was not said.</summary>
    public ReadOnlySpan<byte> Reason
    {
        get
        {
            ReadOnlySpan<byte> rest = _body[(Count * 4)..];
            return rest.IsEmpty || rest[0] > rest.Length - 1 ? default : rest.Slice(1, rest[0]);
        }
    }

    /// <summary>Reads it; false when it is another packet or its sources do not fit.</summary>
    public static bool TryRead(RtcpPacketView packet, out ByeView bye)
    {
        bye = default;
        if (packet.Type != RtcpPacketType.Bye || packet.Body.Length < packet.Count * 4)
            return false;
        bye = new(packet.Body, packet.Count);
        return true;
    }

    /// <summary>One of the sources, from 0 on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below <see cref="Count"/>.</exception>
    public uint Ssrc(int index) => BinaryPrimitives.ReadUInt32BigEndian(_body[..(Count * 4)].Slice(index * 4, 4));
}
