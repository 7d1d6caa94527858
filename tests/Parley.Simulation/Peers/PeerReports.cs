using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Simulation.Publishers;
using Parley.Simulation.Receivers;

namespace Parley.Simulation.Peers;

/// <summary>A peer's RTCP: reports each second in both directions, and what the server asks of its senders.</summary>
public sealed class PeerReports
{
    private const int MaximumBlocks = 31;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(300);

    private readonly Peer _peer;
    private readonly NtpClock _clock;

    /// <summary>Makes the reports of a peer that is not connected.</summary>
    public PeerReports(Peer peer)
    {
        _peer = peer;
        // Each machine's clock stands elsewhere.
        _clock = new NtpClock((3_900_000_000L + (peer.Port.Number * 1_000_003L)) * TimeSpan.TicksPerSecond);
    }

    /// <summary>When <see cref="HandleTimeout"/> is to be called.</summary>
    public MonotonicTime NextDeadline { get; private set; } = MonotonicTime.Never;

    /// <summary>Begins to report.</summary>
    public void Start(MonotonicTime now) => NextDeadline = now + FirstInterval;

    /// <summary>Sends reports if it is time.</summary>
    public void HandleTimeout(MonotonicTime now)
    {
        if (now < NextDeadline)
            return;
        NextDeadline = now + Interval;
        if (_peer.Microphone is { Packets: > 0 } microphone)
            SendReport(microphone.Ssrc, microphone.TimestampAt(now), microphone.Packets, microphone.Octets, now);
        if (_peer.Camera is { } camera)
        {
            foreach (LayerSender layer in camera.Layers)
            {
                if (layer.Packets > 0)
                    SendReport(layer.Ssrc, layer.TimestampAt(camera.Since(now)), layer.Packets, layer.Octets, now);
            }
        }

        SendReceptions(now);
    }

    /// <summary>Takes a compound of the server.</summary>
    public void Handle(ReadOnlySpan<byte> compound, MonotonicTime now)
    {
        var reader = new RtcpReader(compound);
        while (reader.MoveNext())
            Handle(reader.Current, now);
        if (reader.Malformed)
            _peer.Findings.Add($"{_peer.Settings.Name}: RTCP that cannot be read");
    }

    private void Handle(RtcpPacketView packet, MonotonicTime now)
    {
        if (SenderReportView.TryRead(packet, out SenderReportView sender))
            OnSenderReport(sender, now);
        else if (ReceiverReportView.TryRead(packet, out ReceiverReportView receiver))
            OnReceiverReport(receiver.Blocks);
        else if (NackReader.TryRead(packet, out NackReader nack))
            OnNack(nack, now);
        else if (packet.IsPictureLoss)
            OnKeyFrameRequest(packet.MediaSsrc);
        else if (FullIntraReader.TryRead(packet, out FullIntraReader request))
            OnFullIntra(request);
    }

    private void OnSenderReport(in SenderReportView report, MonotonicTime now)
    {
        foreach (VideoReceiver receiver in _peer.VideoReceivers)
        {
            if (receiver.Ssrc == report.Ssrc)
                receiver.OnSenderReport(report.Sent, report.Timestamp, now);
        }

        foreach (AudioReceiver receiver in _peer.AudioReceivers)
        {
            if (receiver.Ssrc == report.Ssrc)
                receiver.OnSenderReport(report.Sent, report.Timestamp, now);
        }
    }

    private void OnReceiverReport(ReportBlockList blocks)
    {
        for (int i = 0; i < blocks.Count; i++)
        {
            uint ssrc = blocks[i].Ssrc;
            if (_peer.Microphone?.Ssrc == ssrc)
                _peer.Microphone.Acknowledge();
            else
                Acknowledge(ssrc);
        }
    }

    private void Acknowledge(uint ssrc)
    {
        if (_peer.Camera is not { } camera)
            return;
        foreach (LayerSender layer in camera.Layers)
            layer.Acknowledge(ssrc);
    }

    private void OnNack(NackReader nack, MonotonicTime now)
    {
        if (_peer.Camera?.Find(nack.MediaSsrc) is not { } layer)
        {
            _peer.Findings.Add($"{_peer.Settings.Name}: asked for packets of SSRC {nack.MediaSsrc}, which it does not send");
            return;
        }

        while (nack.MoveNext())
            layer.Resend(nack.Current, _peer.Port.RoundTrip, now);
    }

    private void OnFullIntra(FullIntraReader request)
    {
        while (request.MoveNext())
            OnKeyFrameRequest(request.Ssrc);
    }

    private void OnKeyFrameRequest(uint ssrc)
    {
        if (_peer.Camera?.Find(ssrc) is { } layer)
            layer.RequestKeyFrame();
        else
            _peer.Findings.Add($"{_peer.Settings.Name}: asked for a key frame of SSRC {ssrc}, which it does not send");
    }

    private void SendReport(uint ssrc, uint timestamp, uint packets, uint octets, MonotonicTime now)
    {
        var writer = new RtcpWriter(_peer.Port.Control);
        writer.TryWriteSenderReport(ssrc, _clock.ToNtp(now), timestamp, packets, octets, default);
        writer.TryWriteCname(ssrc, "client"u8);
        _peer.Port.SendRtcp(writer.Length);
    }

    private void SendReceptions(MonotonicTime now)
    {
        Span<ReportBlock> blocks = stackalloc ReportBlock[MaximumBlocks];
        int count = 0;
        foreach (VideoReceiver receiver in _peer.VideoReceivers)
        {
            if (receiver.Reception.HasStarted && count < blocks.Length)
                blocks[count++] = receiver.Reception.Take(receiver.Ssrc, now);
        }

        foreach (AudioReceiver receiver in _peer.AudioReceivers)
        {
            if (receiver.Reception.HasStarted && count < blocks.Length)
                blocks[count++] = receiver.Reception.Take(receiver.Ssrc, now);
        }

        if (count == 0)
            return;
        var writer = new RtcpWriter(_peer.Port.Control);
        writer.TryWriteReceiverReport(_peer.Port.SenderSsrc, blocks[..count]);
        writer.TryWriteCname(_peer.Port.SenderSsrc, "client"u8);
        _peer.Port.SendRtcp(writer.Length);
    }
}
