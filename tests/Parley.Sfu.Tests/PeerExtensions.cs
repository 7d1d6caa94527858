using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Simulation;

namespace Parley.Sfu.Tests;

internal static class PeerExtensions
{
    public static ReceivedRtp[] VideoPackets(this SimulatedPeer peer) => Packets(peer, MediaKind.Video);

    public static ReceivedRtp[] AudioPackets(this SimulatedPeer peer) => Packets(peer, MediaKind.Audio);

    public static ReceivedRtp[] RtxPackets(this SimulatedPeer peer) =>
        [.. peer.Rtp.Where(packet => peer.Session.Media.Any(media => media.LocalRtxSsrc == packet.Ssrc))];

    public static List<SenderReport> SenderReports(this SimulatedPeer peer)
    {
        List<SenderReport> reports = [];
        foreach (byte[] datagram in peer.Rtcp)
        {
            var reader = new RtcpReader(datagram);
            while (reader.MoveNext())
            {
                if (SenderReportView.TryRead(reader.Current, out SenderReportView report))
                    reports.Add(new SenderReport(report.Ssrc, report.Sent.Value, report.Timestamp, report.PacketCount));
            }
        }

        return reports;
    }

    private static ReceivedRtp[] Packets(SimulatedPeer peer, MediaKind kind) =>
        [.. peer.Rtp.Where(packet => peer.Session.Media.Any(media => media.Kind == kind && media.LocalSsrc == packet.Ssrc))];
}
