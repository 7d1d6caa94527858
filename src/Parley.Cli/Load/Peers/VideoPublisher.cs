using Parley.Cli.Load.Media;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Rtc.Rtp;
using Parley.Rtc.Srtp;
using Parley.Sfu.Packets;

namespace Parley.Cli.Load.Peers;

/// <summary>Sends a <see cref="VideoSource"/> as SRTP, and makes a key frame when asked for one.</summary>
public sealed class VideoPublisher
{
    private const int MaximumDatagram = 1_400;

    private readonly VideoSource _source;
    private readonly uint _ssrc;
    private readonly byte _payloadType;
    private long _sequence = 1_000;

    /// <summary>Makes a publisher.</summary>
    public VideoPublisher(VideoSource source, uint ssrc, byte payloadType)
    {
        _source = source;
        _ssrc = ssrc;
        _payloadType = payloadType;
    }

    /// <summary>When the next frame is due.</summary>
    public MonotonicTime Due => new(_source.DueMicroseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>Packets sent since the start.</summary>
    public long Packets => _source.Packets;

    /// <summary>Begins at <paramref name="now"/>.</summary>
    public void Start(MonotonicTime now) => _source.StartAt(now.Microseconds);

    /// <summary>Sends the frame that is due, if one is.</summary>
    public void SendDue<TSink>(SrtpOutbound srtp, in TransportAddress destination, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (now < Due)
            return;
        _source.BeginFrame(now.Microseconds);
        Span<byte> payload = stackalloc byte[MaximumDatagram];
        while (_source.NextPacket(payload, now.Microseconds, out bool last) is var size and > 0)
            Send(payload[..size], last, srtp, destination, ref sink);
    }

    /// <summary>Reads the server's feedback: PLI and FIR are answered with a key frame, all else is of no use to a camera of constant rate.</summary>
    public void HandleRtcp(Span<byte> datagram, SrtpInbound srtp)
    {
        if (srtp.UnprotectRtcp(datagram, out int length) != SrtpResult.Ok)
            return;
        RtcpReader reader = new(datagram[..length]);
        while (reader.MoveNext())
        {
            RtcpPacketView packet = reader.Current;
            if (packet.IsPictureLoss || packet.IsFeedback(RtcpPacketType.PayloadFeedback, FeedbackFormat.FullIntra))
                _source.RequestKeyFrame();
        }
    }

    private void Send<TSink>(ReadOnlySpan<byte> payload, bool last, SrtpOutbound srtp, in TransportAddress destination, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        Span<byte> room = sink.Reserve(RtpHeaderView.FixedLength + payload.Length + srtp.RtpOverhead);
        if (room.IsEmpty)
            return;
        RtpHeaderWriter header = new(room, _payloadType, last, (ushort)_sequence, _source.Timestamp, _ssrc);
        int headerLength = header.Finish();
        payload.CopyTo(room[headerLength..]);
        int length = srtp.ProtectRtp(room, headerLength, headerLength + payload.Length, _sequence++);
        sink.Commit(destination, length);
    }
}
