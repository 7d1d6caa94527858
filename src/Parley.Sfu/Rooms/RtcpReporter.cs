using System.Runtime.CompilerServices;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Sfu.Congestion;
using Parley.Sfu.Packets;
using Parley.Sfu.Slots;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Rooms;

/// <summary>Sends what is due of a transport's RTCP: NACKs and key-frame requests to its publisher, transport-wide feedback, and each second the reports of both directions.</summary>
[SkipLocalsInit] // What is written there is all that is read.
public static class RtcpReporter
{
    private const int NacksAtOnce = 128;

    /// <summary>Sends what is due at <paramref name="now"/>.</summary>
    public static void HandleTimeout<TSink>(Connection connection, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> buffer = stackalloc byte[RtcpOutbox.MaximumLength];
        var outbox = new RtcpOutbox(connection.Transport, connection.SenderSsrc, connection.Cname, connection.ReducedSizeRtcp, buffer);
        if (connection.Reports.NextReport <= now)
        {
            AddSenderReports(connection, now, ref outbox, ref sink);
            AddReceiverReports(connection, now, ref outbox, ref sink);
            connection.Reports.NextReport = RtcpSchedule.After(now);
            connection.Meter.Refresh(connection.Transport.BytesReceived, connection.Transport.BytesSent, now);
            connection.Feedback?.SetBitrate(connection.Meter.ReceiveBitrate);
        }

        foreach (Publication publication in connection.Publications)
            AddRequests(publication, connection.Reports, now, ref outbox, ref sink);
        AddFeedback(connection, now, ref outbox, ref sink);
        outbox.Flush(ref sink);
    }

    /// <summary>When something is due next.</summary>
    public static MonotonicTime NextDeadline(Connection connection)
    {
        MonotonicTime next = MonotonicTime.Earlier(connection.Reports.NextReport, connection.Feedback?.NextDeadline ?? MonotonicTime.Never);
        foreach (Publication publication in connection.Publications)
        {
            foreach (LayerStream layer in publication.Track.Layers)
                next = MonotonicTime.Earlier(next, layer.NextDeadline);
        }

        return next;
    }

    private static void AddSenderReports<TSink>(Connection connection, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        NtpTime ntp = connection.Room.Context.Clock.ToNtp(now);
        foreach (AssignedSlot slot in connection.AudioSlots)
        {
            if (slot.Slot.TryReport(now, out SlotReport report))
                outbox.AddSenderReport(report, ntp, ref sink);
        }

        foreach (AssignedSlot slot in connection.VideoSlots)
        {
            if (slot.Slot.TryReport(now, out SlotReport report))
                outbox.AddSenderReport(report, ntp, ref sink);
        }
    }

    private static void AddReceiverReports<TSink>(Connection connection, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[31];
        int count = 0;
        foreach (Publication publication in connection.Publications)
        {
            foreach (LayerStream layer in publication.Track.Layers)
            {
                layer.Refresh(now);
                if (!layer.IsLive(now) || count == blocks.Length)
                    continue;
                blocks[count] = layer.TakeReport(now);
                connection.Meter.OnUplinkLoss(blocks[count++].FractionLost);
            }
        }

        if (count > 0)
            outbox.AddReceiverReport(blocks[..count], ref sink);
    }

    /// <summary>Adds the NACKs and key-frame requests that are due to a publisher.</summary>
    public static void AddRequests<TSink>(Publication publication, RtcpSchedule reports, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        foreach (LayerStream layer in publication.Track.Layers)
        {
            if (layer.Missing is { } missing && missing.NextDeadline <= now)
                AddNacks(layer, missing, now, ref outbox, ref sink);
            if (layer.KeyFrames.NextDeadline <= now && layer.KeyFrames.TakeDue(now) && layer.Ssrc != 0)
                outbox.AddKeyFrameRequest(layer.Ssrc, AsksByFullIntra(layer.Track) ? ++reports.FullIntraCount : null, ref sink);
        }
    }

    private static void AddNacks<TSink>(LayerStream layer, NackGenerator missing, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<long> due = stackalloc long[NacksAtOnce];
        int count;
        do
        {
            count = missing.TakeDue(now, due);
            outbox.AddNack(layer.Ssrc, due[..count], ref sink);
        }
        while (count == due.Length);
        // What was given up can only be mended by a key frame; the stream itself asks for it.
        if (missing.TakeKeyFrameWanted())
            layer.KeyFrames.Request(layer.Ssrc | (1L << 62), now);
    }

    private static bool AsksByFullIntra(Track track)
    {
        for (int i = 0; i < track.Media.Codecs.Count; i++)
        {
            if (track.Media.Codecs[i].PictureLossIndication)
                return false;
        }

        return track.Media.Codecs.Count > 0 && track.Media.Codecs[0].FullIntraRequest;
    }

    private static void AddFeedback<TSink>(Connection connection, MonotonicTime now, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (connection.Feedback is not { } feedback || feedback.NextDeadline > now)
            return;
        Span<ArrivedPacket> arrived = stackalloc ArrivedPacket[TransportFeedbackRecorder.MaximumReceived];
        while (feedback.TryTake(now, out FeedbackBatch batch))
        {
            int count = 0;
            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.TryGetArrival(i, out MonotonicTime arrival))
                    arrived[count++] = new ArrivedPacket(batch.BaseSequence + i, arrival);
            }

            AddBatch(connection, batch.BaseSequence, arrived[..count], ref outbox, ref sink);
        }
    }

    private static void AddBatch<TSink>(
        Connection connection, long baseSequence, scoped ReadOnlySpan<ArrivedPacket> arrived, ref RtcpOutbox outbox, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        while (!arrived.IsEmpty)
        {
            TransportFeedbackWriter written = outbox.AddTransportFeedback(MediaSsrc(connection), connection.Reports.FeedbackCount, baseSequence, arrived);
            if (written.Length == 0)
            {
                if (!outbox.HasContent)
                    return;
                outbox.Flush(ref sink);
                continue;
            }

            connection.Reports.FeedbackCount++;
            arrived = arrived[written.Packets..];
            baseSequence = written.NextSequence;
        }
    }

    // Chromium drops feedback whose media source is not one of its own streams, and then throttles itself to nothing.
    private static uint MediaSsrc(Connection connection)
    {
        foreach (Publication publication in connection.Publications)
        {
            foreach (LayerStream layer in publication.Track.Layers)
            {
                if (layer.Ssrc != 0)
                    return layer.Ssrc;
            }
        }

        return connection.SenderSsrc;
    }
}
