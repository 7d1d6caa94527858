using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>A receiver report (RFC 3550 section 6.4.2).</summary>
public readonly ref struct ReceiverReportView
{
    private readonly ReadOnlySpan<byte> _body;
    private readonly int _blockCount;

    private ReceiverReportView(ReadOnlySpan<byte> body, int blockCount)
    {
        _body = body;
        _blockCount = blockCount;
    }

    /// <summary>The source that reports.</summary>
    public uint Ssrc => BinaryPrimitives.ReadUInt32BigEndian(_body);

    /// <summary>What it received.</summary>
    public ReportBlockList Blocks => new(_body.Slice(4, _blockCount * ReportBlock.Length));

    /// <summary>Reads it; false when it is another packet or its blocks do not fit.</summary>
    public static bool TryRead(RtcpPacketView packet, out ReceiverReportView report)
    {
        report = default;
        if (packet.Type != RtcpPacketType.ReceiverReport || packet.Body.Length < 4 + (packet.Count * ReportBlock.Length))
            return false;
        report = new(packet.Body, packet.Count);
        return true;
    }
}
