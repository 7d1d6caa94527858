using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>One packet of an RTCP compound, its length and padding already checked.</summary>
public readonly ref struct RtcpPacketView
{
    internal RtcpPacketView(RtcpPacketType type, byte count, ReadOnlySpan<byte> body)
    {
        Type = type;
        Count = count;
        Body = body;
    }

    /// <summary>The packet type; may be one without a name.</summary>
    public RtcpPacketType Type { get; }

    /// <summary>The five bits beside the version: a count of blocks, or the format (<see cref="FeedbackFormat"/>) of feedback.</summary>
    public byte Count { get; }

    /// <summary>What follows the four bytes of the header, without padding.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>The SSRC that the body starts with, of the packet's sender in all types but source description; 0 when the body is too short.</summary>
    public uint SenderSsrc => Body.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(Body) : 0;

    /// <summary>The second word of a feedback packet: the SSRC of the media that it is about; 0 when the body is too short.</summary>
    public uint MediaSsrc => Body.Length >= 8 ? BinaryPrimitives.ReadUInt32BigEndian(Body[4..]) : 0;

    /// <summary>Whether this is feedback of a type and format, with room for both SSRCs.</summary>
    public bool IsFeedback(RtcpPacketType type, byte format) => Type == type && Count == format && Body.Length >= 8;

    /// <summary>Whether this is a picture loss indication: a key frame of <see cref="MediaSsrc"/> is wanted (RFC 4585 section 6.3.1).</summary>
    public bool IsPictureLoss => IsFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.PictureLoss);
}
