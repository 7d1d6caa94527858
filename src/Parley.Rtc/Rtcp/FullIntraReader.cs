using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>Walks over the entries of a full intra request (RFC 5104 section 4.3.1). The source that owes a key frame stands in the entry; the header's media SSRC is unused.</summary>
public ref struct FullIntraReader
{
    private readonly ReadOnlySpan<byte> _entries;
    private int _position;

    private FullIntraReader(ReadOnlySpan<byte> entries)
    {
        _entries = entries;
    }

    /// <summary>The source that owes a key frame.</summary>
    public uint Ssrc { get; private set; }

    /// <summary>The request's number: the same again means the same request.</summary>
    public byte Sequence { get; private set; }

    /// <summary>Starts before the first entry; false when it is another packet or has no whole entry.</summary>
    public static bool TryRead(RtcpPacketView packet, out FullIntraReader request)
    {
        request = default;
        if (!packet.IsFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.FullIntra) || packet.Body.Length < 16 || packet.Body.Length % 8 != 0)
            return false;
        request = new(packet.Body[8..]);
        return true;
    }

    /// <summary>Goes on to the next entry; false at the end.</summary>
    public bool MoveNext()
    {
        if (_position >= _entries.Length)
            return false;
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(_entries[_position..]);
        Sequence = _entries[_position + 4];
        _position += 8;
        return true;
    }
}
