using System.Buffers.Binary;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Rtc.Srtp;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Relays;

/// <summary>The way of an SRTCP datagram that came over a relay link: reports, NACKs and key-frame requests as from anybody, and the messages about rows.</summary>
public sealed class RelayControlIntake
{
    private readonly RoomContext _context;

    /// <summary>Makes the intake of one shard.</summary>
    public RelayControlIntake(RoomContext context) => _context = context;

    /// <summary>The room that is touched just now, for whoever contains a fault.</summary>
    public Room? Current { get; set; }

    /// <summary>Takes an SRTCP datagram. False when the other shard said goodbye.</summary>
    public bool Handle<TSink>(RelayLink link, Span<byte> datagram, MonotonicTime arrival, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (link.Transport.Srtp is not { } srtp)
        {
            _context.Drops.Count(DropReason.MediaBeforeKeys);
            return true;
        }

        SrtpResult result = srtp.Inbound.UnprotectRtcp(datagram, out int length);
        if (result != SrtpResult.Ok)
        {
            _context.Drops.Count(SrtpSession.ReasonOf(result));
            return true;
        }

        link.Transport.Confirm();
        link.HeardAt = arrival;
        var reader = new RtcpReader(datagram[..length]);
        while (reader.MoveNext())
        {
            if (ByeView.TryRead(reader.Current, out _))
                return false;
            Handle(link, reader.Current, arrival, ref sink);
        }

        if (reader.Malformed)
            _context.Drops.Count(DropReason.RtcpMalformed);
        return true;
    }

    private void Handle<TSink>(RelayLink link, RtcpPacketView packet, MonotonicTime arrival, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (SenderReportView.TryRead(packet, out SenderReportView sender))
            OnSenderReport(link, sender, arrival);
        else if (ReceiverReportView.TryRead(packet, out ReceiverReportView receiver))
            OnReports(link, receiver.Blocks, arrival);
        else if (NackReader.TryRead(packet, out NackReader nack))
            OnNack(link, nack, arrival, ref sink);
        else if (packet.IsPictureLoss)
            OnPictureLoss(link, packet.MediaSsrc, arrival);
        else if (ApplicationView.TryRead(packet, out ApplicationView application) && application.Name == RelayReporter.ApplicationName)
            OnMessage(link, application, arrival);
        else if (packet.Type != RtcpPacketType.SourceDescription)
            _context.Drops.Count(DropReason.RtcpIgnored);
    }

    private void OnSenderReport(RelayLink link, SenderReportView report, MonotonicTime arrival)
    {
        if (link.FindStream(report.Ssrc) is { } stream && stream.Ssrc == report.Ssrc)
            OnSenderReport(stream, report, arrival);
        else
            _context.Drops.Count(DropReason.RtcpIgnored);
        OnReports(link, report.Blocks, arrival);
    }

    private void OnSenderReport(RelayStream stream, SenderReportView report, MonotonicTime arrival)
    {
        bool isNews = !stream.Layer.HasReport;
        stream.Layer.OnSenderReport(report.Sent, report.Timestamp, arrival);
        if (!isNews)
            return;
        Current = stream.Inlet.Row.Room;
        foreach (IRoomRelay relay in Current.Relays)
            relay.OnClock(arrival);
    }

    private void OnReports(RelayLink link, ReportBlockList blocks, MonotonicTime arrival)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            ReportBlock block = blocks[i];
            if (link.FindSlot(block.Ssrc) is null)
            {
                _context.Drops.Count(DropReason.RtcpIgnored);
                continue;
            }

            link.Meter.OnDownlinkLoss(block.FractionLost);
            if (_context.Clock.RoundTrip(arrival, block.LastSenderReport, block.DelaySinceLastSenderReport) is { } roundTrip && roundTrip < ConnectionMeter.MaximumRoundTrip)
                link.Meter.OnRoundTrip(roundTrip);
        }
    }

    private void OnNack<TSink>(RelayLink link, NackReader nack, MonotonicTime arrival, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (link.FindSlot(nack.MediaSsrc) is not { } slot || slot.Slot.Ssrc != nack.MediaSsrc)
        {
            _context.Drops.Count(DropReason.RtcpIgnored);
            return;
        }

        Current = slot.Source?.Publication.Room;
        bool isLost = false;
        while (nack.MoveNext())
            isLost |= slot.Slot.Resend(nack.Current, link.RoundTrip, arrival, ref sink);
        if (isLost)
            RequestKeyFrame(slot, arrival);
    }

    private void OnPictureLoss(RelayLink link, uint ssrc, MonotonicTime arrival)
    {
        if (link.FindSlot(ssrc) is not { } slot)
        {
            _context.Drops.Count(DropReason.RtcpIgnored);
            return;
        }

        Current = slot.Source?.Publication.Room;
        RequestKeyFrame(slot, arrival);
    }

    // The link counts as one requester for each layer: the other shard has collapsed those of its subscribers, and here they pass the same limits.
    private static void RequestKeyFrame(AssignedSlot slot, MonotonicTime now) =>
        Room.RequestKeyFrame(slot, slot.Slot.WantedKeyFrame ?? slot.Slot.CurrentLayer, now);

    private void OnMessage(RelayLink link, ApplicationView message, MonotonicTime now)
    {
        switch ((RelayMessageKind)message.Subtype)
        {
            case RelayMessageKind.Status:
                OnStatuses(link, message.Data, now);
                break;
            case RelayMessageKind.Changes when RelayChangesHeader.TryRead(message.Data, out RelayChangesHeader header):
                if (Find(link, header.Row) is { } row)
                    row.OnChanges(header, message.Data[RelayChangesHeader.Length..], now);
                break;
            case RelayMessageKind.Left when message.Data.Length >= 8:
                Find(link, BinaryPrimitives.ReadUInt32BigEndian(message.Data))?.OnLeft(BinaryPrimitives.ReadUInt32BigEndian(message.Data[4..]), now);
                break;
            default:
                _context.Drops.Count(DropReason.RelayMalformed);
                break;
        }
    }

    private void OnStatuses(RelayLink link, ReadOnlySpan<byte> data, MonotonicTime now)
    {
        for (; data.Length >= RelayStatus.Length; data = data[RelayStatus.Length..])
        {
            RelayStatus status = RelayStatus.Read(data);
            Find(link, status.Row)?.OnStatus(status, now);
        }

        if (!data.IsEmpty)
            _context.Drops.Count(DropReason.RelayMalformed);
    }

    // A row that was not joined here has no state, whatever is said of it.
    private RelayRow? Find(RelayLink link, uint number)
    {
        if (!link.Rows.TryGetValue(number, out RelayRow? row))
        {
            _context.Drops.Count(DropReason.RelayUnknownRow);
            return null;
        }

        Current = row.Room;
        return row;
    }
}
