using System.Buffers.Binary;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Rtcp;

/// <summary>A sender report (RFC 3550 section 6.4.1).</summary>
public readonly ref struct SenderReportView
{
    internal const int FixedLength = 24;

    private readonly ReadOnlySpan<byte> _body;
    private readonly int _blockCount;

    private SenderReportView(ReadOnlySpan<byte> body, int blockCount)
    {
        _body = body;
        _blockCount = blockCount;
    }

    /// <summary>The source that reports.</summary>
    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(_body);

    /// <summary>When the report was made, by the sender's clock.</summary>
    public NtpTime Sent => new(BinaryPrimitives.ReadUInt64BigEndian(_body[4..]));

    /// <summary>The RTP timestamp of that moment.</summary>
    public uint Timestamp => BinaryPrimitives.ReadUInt32BigEndian(_body[12..]);

    /// <summary>RTP packets sent so far; wraps.</summary>
    public uint PacketCount => BinaryPrimitives.ReadUInt32BigEndian(_body[16..]);

    /// <summary>Payload bytes sent so far; wraps.</summary>
    public uint OctetCount => BinaryPrimitives.ReadUInt32BigEndian(_body[20..]);

    /// <summary>What the sender received of others.</summary>
    public ReportBlockList Blocks => new(_body.Slice(FixedLength, _blockCount * ReportBlock.Length));

    /// <summary>Reads it; false when it is another packet or its blocks do not fit.</summary>
    public static bool TryRead(RtcpPacketView packet, out SenderReportView report)
    {
        report = default;
        if (packet.Type != RtcpPacketType.SenderReport || packet.Body.Length < FixedLength + (packet.Count * ReportBlock.Length))
            return false;
        report = new(packet.Body, packet.Count);
        return true;
    }
}
