using System.Buffers.Binary;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Sfu.Packets;
using Parley.Sfu.Rooms;
using Parley.Sfu.Slots;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Relays;

/// <summary>Sends what is due on a relay link: the messages about its rows, NACKs and key-frame requests, and each second the reports of both directions.</summary>
public static class RelayReporter
{
    /// <summary>The name of the APP packets (RFC 3550 section 6.7): "PRLY".</summary>
    public const uint ApplicationName = 0x50524C59;

    private const int BlocksAtOnce = 31;
    private const int StatusesAtOnce = 50;
    private const int MessageLength = 1_100;

    // So many messages of one row before the first is acknowledged; about 200 sources.
    private const int MessagesAtOnce = 16;

    /// <summary>Sends what is due at <paramref name="now"/>.</summary>
    public static void HandleTimeout<TSink>(RelayLink link, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> buffer = stackalloc byte[RtcpOutbox.MaximumLength];
        var outbox = new RtcpOutbox(link.Transport, link.SenderSsrc, link.Cname, isReduced: false, buffer);
        AddFarewells(link, ref outbox, ref sink);
        if (link.Reports.NextReport <= now)
        {
            AddSenderReports(link, now, ref outbox, ref sink);
            AddReceiverReports(link, now, ref outbox, ref sink);
            AddStatuses(link, now, ref outbox, ref sink);
            link.Reports.NextReport = RtcpSchedule.After(now);
            link.Meter.Refresh(link.Transport.BytesReceived, link.Transport.BytesSent, now);
        }

        AddClocks(link, now, ref outbox, ref sink);
        // What is wanted goes before requests about it.
        AddRows(link, now, ref outbox, ref sink);
        while (link.InletDeadlines.TryTakeDue(now, out RelayInlet? inlet))
            AddRequests(link, inlet, now, ref outbox, ref sink);
        outbox.Flush(ref sink);
    }

    /// <summary>When something is due next.</summary>
    public static MonotonicTime NextDeadline(RelayLink link)
    {
        MonotonicTime next = MonotonicTime.Earlier(link.Reports.NextReport, link.InletDeadlines.Earliest);
        foreach (RelayRow row in link.Restless)
            next = MonotonicTime.Earlier(next, row.NextDeadline);
        return next;
    }

    /// <summary>Tells the other shard that the link ends.</summary>
    public static void SayGoodbye<TSink>(RelayLink link, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> buffer = stackalloc byte[RtcpOutbox.MaximumLength];
        var outbox = new RtcpOutbox(link.Transport, link.SenderSsrc, link.Cname, isReduced: false, buffer);
        outbox.AddGoodbye();
        outbox.Flush(ref sink);
    }

    private static void AddFarewells<TSink>(RelayLink link, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> message = stackalloc byte[8];
        foreach ((uint row, uint birth) in link.Farewells)
        {
            BinaryPrimitives.WriteUInt32BigEndian(message, row);
            BinaryPrimitives.WriteUInt32BigEndian(message[4..], birth);
            outbox.AddApplication((byte)RelayMessageKind.Left, ApplicationName, message, ref sink);
        }

        link.Farewells.Clear();
    }

    private static void AddSenderReports<TSink>(RelayLink link, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        NtpTime ntp = link.Context.Clock.ToNtp(now);
        foreach (RelayRow row in link.Rows.Values)
        {
            foreach (RelayOutlet outlet in row.Outlets)
            {
                foreach (RelayLane lane in outlet.Lanes)
                {
                    if (lane.IsWanted && lane.Slot!.Slot.TryReport(now, out SlotReport report))
                        outbox.AddSenderReport(report, ntp, ref sink);
                }
            }
        }
    }

    // Before its first packet, so that the other end's slots can switch to it in step.
    private static void AddClocks<TSink>(RelayLink link, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        for (int i = link.Opened.Count - 1; i >= 0; i--)
        {
            RelayLane lane = link.Opened[i];
            SlotReport report = default;
            bool isKnown = lane.IsWanted && lane.TryReportClock(now, out report);
            if (isKnown)
                outbox.AddSenderReport(report, link.Context.Clock.ToNtp(now), ref sink);
            if (isKnown || !lane.IsWanted)
                link.Opened.RemoveAt(i);
        }
    }

    private static void AddReceiverReports<TSink>(RelayLink link, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[BlocksAtOnce];
        int count = 0;
        foreach (RelayRow row in link.Rows.Values)
        {
            foreach (RelayInlet inlet in row.Inlets)
            {
                foreach (RelayStream stream in inlet.Streams)
                {
                    stream.Layer.Refresh(now);
                    stream.Layer.SetRoundTrip(link.RoundTrip);
                    if (stream.Packets == stream.Reported)
                        continue;
                    stream.Reported = stream.Packets;
                    blocks[count] = stream.Layer.TakeReport(now);
                    link.Meter.OnUplinkLoss(blocks[count++].FractionLost);
                    if (count < blocks.Length)
                        continue;
                    outbox.AddReceiverReport(blocks, ref sink);
                    count = 0;
                }
            }
        }

        if (count > 0)
            outbox.AddReceiverReport(blocks[..count], ref sink);
    }

    // An empty one too, so that a link without rows is not taken for dead.
    private static void AddStatuses<TSink>(RelayLink link, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> message = stackalloc byte[StatusesAtOnce * RelayStatus.Length];
        int length = 0;
        foreach (RelayRow row in link.Rows.Values)
        {
            row.HandleTimeout(now);
            row.Status.Write(message[length..]);
            row.OnStatusTold();
            length += RelayStatus.Length;
            if (length < message.Length)
                continue;
            outbox.AddApplication((byte)RelayMessageKind.Status, ApplicationName, message, ref sink);
            length = 0;
        }

        if (length > 0 || link.Rows.Count == 0)
            outbox.AddApplication((byte)RelayMessageKind.Status, ApplicationName, message[..length], ref sink);
    }

    private static void AddRows<TSink>(RelayLink link, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        for (int i = link.Restless.Count - 1; i >= 0; i--)
        {
            RelayRow row = link.Restless[i];
            if (row.IsStatusDue)
                AddStatus(row, ref outbox, ref sink);
            if (row.AreChangesDue(now))
                AddChanges(row, now, ref outbox, ref sink);
            if (row.NextDeadline != MonotonicTime.Never)
                continue;
            row.IsRestless = false;
            link.Restless.RemoveAt(i);
        }
    }

    private static void AddStatus<TSink>(RelayRow row, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> message = stackalloc byte[RelayStatus.Length];
        row.Status.Write(message);
        row.OnStatusTold();
        outbox.AddApplication((byte)RelayMessageKind.Status, ApplicationName, message, ref sink);
    }

    private static void AddChanges<TSink>(RelayRow row, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> buffer = stackalloc byte[MessageLength];
        uint from = row.Log.Acknowledged;
        RelayChange? change = row.Log.After(from);
        for (int i = 0; i < MessagesAtOnce && change is not null; i++)
        {
            var writer = new RelayChangesWriter(buffer);
            uint to = from;
            while (change is not null && change.TryWrite(ref writer))
            {
                to = change.Version;
                change = change.Next;
            }

            if (change is null)
                to = row.Log.Version;
            outbox.AddApplication(
                (byte)RelayMessageKind.Changes, ApplicationName, writer.Finish(new RelayChangesHeader(row.Number, row.Log.Birth, from, to)), ref sink);
            from = to;
        }

        // The last thing that changed may be out of the log by now.
        if (change is null && from != row.Log.Version)
            AddEmpty(row, from, ref outbox, ref sink);
        row.Log.Tell(change is null ? row.Log.Version : from, row.Link.RoundTrip, now);
    }

    private static void AddEmpty<TSink>(RelayRow row, uint from, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> buffer = stackalloc byte[RelayChangesHeader.Length];
        var header = new RelayChangesHeader(row.Number, row.Log.Birth, from, row.Log.Version);
        outbox.AddApplication((byte)RelayMessageKind.Changes, ApplicationName, new RelayChangesWriter(buffer).Finish(header), ref sink);
    }

    private static void AddRequests<TSink>(RelayLink link, RelayInlet inlet, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        RtcpReporter.AddRequests(inlet.Publication, link.Reports, now, ref outbox, ref sink);
        MonotonicTime next = MonotonicTime.Never;
        foreach (LayerStream layer in inlet.Publication.Track.Layers)
            next = MonotonicTime.Earlier(next, layer.NextDeadline);
        if (next != MonotonicTime.Never)
            link.InletDeadlines.Set(inlet.Timer, next);
    }
}
