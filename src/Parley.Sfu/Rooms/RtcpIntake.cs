using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Rtc.Srtp;
using Parley.Sfu.Packets;
using Parley.Sfu.Tracks;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Rooms;

/// <summary>
/// The way of a received SRTCP datagram: decrypt, then each packet by its type. It speaks only about its own transport's streams: reports and goodbyes about what the peer publishes,
/// requests about the slots it receives in.
/// </summary>
public sealed class RtcpIntake
{
    private readonly RoomContext _context;

    /// <summary>Makes the intake of one shard.</summary>
    public RtcpIntake(RoomContext context) => _context = context;

    /// <summary>Takes an SRTCP datagram from a validated address of <paramref name="connection"/>.</summary>
    public void Handle<TSink>(Connection connection, Span<byte> datagram, MonotonicTime arrival, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (connection.Transport.Srtp is not { } srtp)
        {
            _context.Drops.Count(DropReason.MediaBeforeKeys);
            return;
        }

        SrtpResult result = srtp.Inbound.UnprotectRtcp(datagram, out int length);
        if (result != SrtpResult.Ok)
        {
            _context.Drops.Count(SrtpSession.ReasonOf(result));
            return;
        }

        connection.Transport.Confirm();
        var reader = new RtcpReader(datagram[..length]);
        while (reader.MoveNext())
            Handle(connection, reader.Current, arrival, ref sink);
        if (reader.Malformed)
            _context.Drops.Count(DropReason.RtcpMalformed);
    }

    private void Handle<TSink>(Connection connection, RtcpPacketView packet, MonotonicTime arrival, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (SenderReportView.TryRead(packet, out SenderReportView sender))
            OnSenderReport(connection, sender, arrival);
        else if (ReceiverReportView.TryRead(packet, out ReceiverReportView receiver))
            OnReports(connection, receiver.Blocks, arrival);
        else if (NackReader.TryRead(packet, out NackReader nack))
            OnNack(connection, nack, arrival, ref sink);
        else if (packet.IsPictureLoss)
            OnPictureLoss(connection, packet.MediaSsrc, arrival);
        else if (FullIntraReader.TryRead(packet, out FullIntraReader request))
            OnFullIntra(connection, request, arrival);
        else if (ByeView.TryRead(packet, out ByeView bye))
            OnGoodbye(connection, bye);
        else if (packet.Type != RtcpPacketType.SourceDescription)
            _context.Drops.Count(DropReason.RtcpIgnored);
    }

    private void OnSenderReport(Connection connection, SenderReportView report, MonotonicTime arrival)
    {
        if (connection.Ssrcs.TryFind(report.Ssrc, out LayerStream? layer, out bool isRtx) && !isRtx)
            layer.OnSenderReport(report.Sent, report.Timestamp, arrival);
        else if (!isRtx)
            _context.Drops.Count(DropReason.RtcpIgnored);
        OnReports(connection, report.Blocks, arrival);
    }

    private void OnReports(Connection connection, ReportBlockList blocks, MonotonicTime arrival)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            ReportBlock block = blocks[i];
            if (connection.FindSlot(block.Ssrc) is not { } slot)
            {
                _context.Drops.Count(DropReason.RtcpIgnored);
                continue;
            }

            if (slot.Slot.Ssrc == block.Ssrc)
                connection.Meter.OnDownlinkLoss(block.FractionLost);
            if (_context.Clock.RoundTrip(arrival, block.LastSenderReport, block.DelaySinceLastSenderReport) is { } roundTrip && roundTrip < ConnectionMeter.MaximumRoundTrip)
                connection.OnRoundTrip(roundTrip);
        }
    }

    private void OnNack<TSink>(Connection connection, NackReader nack, MonotonicTime arrival, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (connection.FindSlot(nack.MediaSsrc) is not { } slot || slot.Slot.Ssrc != nack.MediaSsrc)
        {
            _context.Drops.Count(DropReason.RtcpIgnored);
            return;
        }

        TimeSpan roundTrip = connection.Meter.RoundTrip ?? TimeSpan.Zero;
        bool isLost = false;
        while (nack.MoveNext())
            isLost |= slot.Slot.Resend(nack.Current, roundTrip, arrival, ref sink);
        // Otherwise the viewer stands still until its own patience ends, 3 s in browsers. The same limits hold as for a request in so many words.
        if (isLost)
            RequestKeyFrame(slot, arrival);
    }

    private void OnFullIntra(Connection connection, FullIntraReader request, MonotonicTime arrival)
    {
        while (request.MoveNext())
            OnPictureLoss(connection, request.Ssrc, arrival);
    }

    private void OnPictureLoss(Connection connection, uint ssrc, MonotonicTime arrival)
    {
        if (connection.FindSlot(ssrc) is { } slot)
            RequestKeyFrame(slot, arrival);
        else
            _context.Drops.Count(DropReason.RtcpIgnored);
    }

    private static void RequestKeyFrame(AssignedSlot slot, MonotonicTime now) =>
        Room.RequestKeyFrame(slot, slot.Slot.WantedKeyFrame ?? slot.Slot.CurrentLayer, now);

    private void OnGoodbye(Connection connection, ByeView bye)
    {
        for (int i = 0; i < bye.Count; i++)
        {
            if (connection.Ssrcs.TryFind(bye.Ssrc(i), out LayerStream? layer, out bool isRtx) && !isRtx)
                layer.OnGoodbye();
            else if (!isRtx)
                _context.Drops.Count(DropReason.RtcpIgnored);
        }
    }
}
