using System.Buffers.Binary;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Rtcp;

/// <summary>
/// Writes RTCP packets one behind the other into a datagram's room. Each call writes a whole packet or, where there is no room, none and returns false.
/// Unless reduced-size RTCP was agreed (RFC 5506), the caller begins with a report and a CNAME (RFC 3550 section 6.1).
/// </summary>
public ref struct RtcpWriter
{
    private const int HeaderLength = 4;
    private const int FeedbackLength = 12;

    private readonly Span<byte> _destination;

    /// <summary>Starts an empty datagram.</summary>
    public RtcpWriter(Span<byte> destination)
    {
        _destination = destination;
    }

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of room left.</summary>
    public readonly int Remaining => _destination.Length - Length;

    /// <summary>Adds a sender report with at most 31 report blocks (RFC 3550 section 6.4.1).</summary>
    public bool TryWriteSenderReport(uint ssrc, NtpTime now, uint timestamp, uint packetCount, uint octetCount, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        if (!TryBegin(RtcpPacketType.SenderReport, blocks.Length, HeaderLength + SenderReportView.FixedLength + (blocks.Length * ReportBlock.Length), out Span<byte> packet))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], ssrc);
        BinaryPrimitives.WriteUInt64BigEndian(packet[8..], now.Value);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(packet[20..], packetCount);
        BinaryPrimitives.WriteUInt32BigEndian(packet[24..], octetCount);
        WriteBlocks(packet[28..], blocks);
        return true;
    }

    /// <summary>Adds a receiver report with at most 31 report blocks (RFC 3550 section 6.4.2).</summary>
    public bool TryWriteReceiverReport(uint ssrc, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        if (!TryBegin(RtcpPacketType.ReceiverReport, blocks.Length, 8 + (blocks.Length * ReportBlock.Length), out Span<byte> packet))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], ssrc);
        WriteBlocks(packet[8..], blocks);
        return true;
    }

    /// <summary>Adds a source description with the canonical name, at most 255 bytes of UTF-8 (RFC 3550 section 6.5.1).</summary>
    public bool TryWriteCname(uint ssrc, scoped ReadOnlySpan<byte> name)
    {
        // At least one zero byte ends the list of items.
        int length = (8 + 2 + name.Length + 1 + 3) & ~3;
        if (name.Length > 255 || !TryBegin(RtcpPacketType.SourceDescription, 1, length, out Span<byte> packet))
            return false;
        packet[4..].Clear();
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], ssrc);
        packet[8] = SourceDescriptionReader.Cname;
        packet[9] = (byte)name.Length;
        name.CopyTo(packet[10..]);
        return true;
    }

    /// <summary>Adds a goodbye for at most 31 sources (RFC 3550 section 6.6).</summary>
    public bool TryWriteBye(scoped ReadOnlySpan<uint> ssrcs)
    {
        if (!TryBegin(RtcpPacketType.Bye, ssrcs.Length, HeaderLength + (ssrcs.Length * 4), out Span<byte> packet))
            return false;
        for (int i = 0; i < ssrcs.Length; i++)
            BinaryPrimitives.WriteUInt32BigEndian(packet[(HeaderLength + (i * 4))..], ssrcs[i]);
        return true;
    }

    /// <summary>
    /// Adds a generic NACK (RFC 4585 section 6.2.1) for the packets of one source and returns how many of the numbers it took: 0 when not even one entry had room.
    /// </summary>
    /// <param name="senderSsrc">Our SSRC.</param>
    /// <param name="mediaSsrc">The source whose packets are missing.</param>
    /// <param name="missing">Their extended sequence numbers, in rising order.</param>
    public int WriteNack(uint senderSsrc, uint mediaSsrc, scoped ReadOnlySpan<long> missing)
    {
        if (missing.IsEmpty || Remaining < FeedbackLength + NackWriter.EntryLength)
            return 0;
        int taken = NackWriter.WriteEntries(_destination[(Length + FeedbackLength)..], missing, out int length);
        TryBeginFeedback(RtcpPacketType.TransportLayerFeedback, FeedbackFormat.Nack, senderSsrc, mediaSsrc, length, out _);
        return taken;
    }

    /// <summary>Adds a picture loss indication: a key frame of <paramref name="mediaSsrc"/>, the very layer's SSRC, is wanted (RFC 4585 section 6.3.1).</summary>
    public bool TryWritePictureLoss(uint senderSsrc, uint mediaSsrc) =>
        TryBeginFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.PictureLoss, senderSsrc, mediaSsrc, 0, out _);

    /// <summary>Adds a full intra request for <paramref name="mediaSsrc"/>, which its entry names; <paramref name="sequence"/> is another with each new request (RFC 5104 section 4.3.1).</summary>
    public bool TryWriteFullIntra(uint senderSsrc, uint mediaSsrc, byte sequence)
    {
        if (!TryBeginFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.FullIntra, senderSsrc, 0, 8, out Span<byte> entry))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(entry, mediaSsrc);
        BinaryPrimitives.WriteUInt32BigEndian(entry[4..], (uint)sequence << 24);
        return true;
    }

    /// <summary>Adds one transport-wide feedback packet; its <see cref="TransportFeedbackWriter.Length"/> is 0 when there was no room. See <see cref="TransportFeedbackWriter.Write"/>.</summary>
    public TransportFeedbackWriter WriteTransportFeedback(
        uint senderSsrc, uint mediaSsrc, byte feedbackCount, long baseSequence, scoped ReadOnlySpan<ArrivedPacket> arrived)
    {
        TransportFeedbackWriter written = TransportFeedbackWriter.Write(_destination[Length..], senderSsrc, mediaSsrc, feedbackCount, baseSequence, arrived);
        Length += written.Length;
        return written;
    }

    /// <summary>Adds an application-defined packet (RFC 3550 section 6.7).</summary>
    /// <param name="ssrc">Our SSRC.</param>
    /// <param name="subtype">The kind of packet, 0 to 31.</param>
    /// <param name="name">The application's name: four ASCII characters.</param>
    /// <param name="data">Its data; zeros fill the last word.</param>
    public bool TryWriteApplication(uint ssrc, byte subtype, uint name, scoped ReadOnlySpan<byte> data)
    {
        int length = HeaderLength + ApplicationView.FixedLength + ((data.Length + 3) & ~3);
        if (!TryBegin(RtcpPacketType.Application, subtype, length, out Span<byte> packet))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], name);
        data.CopyTo(packet[12..]);
        packet[(12 + data.Length)..].Clear();
        return true;
    }

    private static void WriteBlocks(Span<byte> destination, scoped ReadOnlySpan<ReportBlock> blocks)
    {
        for (int i = 0; i < blocks.Length; i++)
            blocks[i].Write(destination[(i * ReportBlock.Length)..]);
    }

    private bool TryBeginFeedback(RtcpPacketType type, byte format, uint senderSsrc, uint mediaSsrc, int length, out Span<byte> entries)
    {
        entries = default;
        if (!TryBegin(type, format, FeedbackLength + length, out Span<byte> packet))
            return false;
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], senderSsrc);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], mediaSsrc);
        entries = packet[FeedbackLength..];
        return true;
    }

    private bool TryBegin(RtcpPacketType type, int count, int length, out Span<byte> packet)
    {
        packet = default;
        if (count > 31 || length > Remaining)
            return false;
        packet = _destination.Slice(Length, length);
        packet[0] = (byte)(0x80 | count);
        packet[1] = (byte)type;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)((length / 4) - 1));
        Length += length;
        return true;
    }
}
