using Parley.Rtc.Rtcp;

namespace Parley.Fuzz.Targets;

/// <summary>RTCP compounds with every packet type that is read, transport-wide feedback included.</summary>
internal static class RtcpTarget
{
    // A datagram cannot say more than this, whatever its counts claim.
    private const int MostItems = 100_000;

    public static void Run(byte[] input)
    {
        RtcpReader reader = new(input);
        int items = 0;
        while (reader.MoveNext())
            items += Walk(reader.Current);
        if (items > MostItems)
            throw new InvalidOperationException($"{input.Length} bytes cost {items} items.");
    }

    private static int Walk(RtcpPacketView packet)
    {
        int items = 1;
        if (SenderReportView.TryRead(packet, out SenderReportView sent))
            items += Walk(sent.Blocks);
        if (ReceiverReportView.TryRead(packet, out ReceiverReportView received))
            items += Walk(received.Blocks);
        if (NackReader.TryRead(packet, out NackReader nack))
        {
            while (nack.MoveNext())
                items++;
        }

        if (FullIntraReader.TryRead(packet, out FullIntraReader intra))
        {
            while (intra.MoveNext())
                items++;
        }

        if (ByeView.TryRead(packet, out ByeView bye))
        {
            for (int i = 0; i < bye.Count; i++)
                _ = bye.Ssrc(i);
            items += bye.Count + bye.Reason.Length;
        }

        if (BandwidthEstimateView.TryRead(packet, out BandwidthEstimateView estimate))
        {
            for (int i = 0; i < estimate.Count; i++)
                _ = estimate.Ssrc(i);
        }

        return items + WalkDescriptions(packet) + WalkFeedback(packet);
    }

    private static int Walk(ReportBlockList blocks)
    {
        for (int i = 0; i < blocks.Count; i++)
            _ = blocks[i].Ssrc;
        return blocks.Count;
    }

    private static int WalkDescriptions(RtcpPacketView packet)
    {
        int items = 0;
        SourceDescriptionReader descriptions = new(packet);
        while (descriptions.MoveNext())
            items += 1 + descriptions.Text.Length;
        return items;
    }

    private static int WalkFeedback(RtcpPacketView packet)
    {
        if (!TransportFeedbackView.TryRead(packet, out TransportFeedbackView feedback))
            return 0;
        int items = 0;
        foreach (TransportStatus _ in feedback.Statuses)
            items++;
        return items;
    }
}
