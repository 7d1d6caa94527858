using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Sfu.Packets;
using Parley.Sfu.Slots;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Rooms;

/// <summary>
/// Collects the RTCP packets of one transport into as few datagrams as they fit in. Where reduced-size RTCP was not agreed each datagram begins with a receiver report and a CNAME
/// (RFC 3550 section 6.1).
/// </summary>
public ref struct RtcpOutbox
{
    /// <summary>Bytes of a datagram before encryption.</summary>
    public const int MaximumLength = 1200;

    private readonly Transport _transport;
    private readonly uint _senderSsrc;
    private readonly byte[] _cname;
    private readonly bool _isReduced;
    private RtcpWriter _writer;
    private int _preamble;

    /// <summary>Starts an empty datagram.</summary>
    /// <param name="transport">Through which the datagrams leave.</param>
    /// <param name="senderSsrc">The SSRC of our reports and requests.</param>
    /// <param name="cname">The canonical name of our reports.</param>
    /// <param name="isReduced">Whether reduced-size RTCP was agreed.</param>
    /// <param name="buffer">Room for one datagram.</param>
    public RtcpOutbox(Transport transport, uint senderSsrc, byte[] cname, bool isReduced, Span<byte> buffer)
    {
        _transport = transport;
        _senderSsrc = senderSsrc;
        _cname = cname;
        _isReduced = isReduced;
        Buffer = buffer;
        Begin();
    }

    private Span<byte> Buffer { get; }

    /// <summary>Adds a sender report.</summary>
    public void AddSenderReport<TSink>(in SlotReport report, NtpTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!_writer.TryWriteSenderReport(report.Ssrc, now, report.Timestamp, report.PacketCount, report.OctetCount, default))
        {
            Flush(ref sink);
            _writer.TryWriteSenderReport(report.Ssrc, now, report.Timestamp, report.PacketCount, report.OctetCount, default);
        }

        _writer.TryWriteCname(report.Ssrc, _cname);
    }

    /// <summary>Adds a receiver report.</summary>
    public void AddReceiverReport<TSink>(scoped ReadOnlySpan<ReportBlock> blocks, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_writer.TryWriteReceiverReport(_senderSsrc, blocks))
            return;
        Flush(ref sink);
        _writer.TryWriteReceiverReport(_senderSsrc, blocks);
    }

    /// <summary>Adds a NACK for missing packets of a source, lowest first.</summary>
    public void AddNack<TSink>(uint mediaSsrc, scoped ReadOnlySpan<long> missing, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        while (!missing.IsEmpty)
        {
            int taken = _writer.WriteNack(_senderSsrc, mediaSsrc, missing);
            missing = missing[taken..];
            if (!missing.IsEmpty)
                Flush(ref sink);
        }
    }

    /// <summary>Adds a request for a key frame: picture loss, or a full intra request with its count.</summary>
    public void AddKeyFrameRequest<TSink>(uint mediaSsrc, byte? fullIntraCount, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (TryAddKeyFrameRequest(mediaSsrc, fullIntraCount))
            return;
        Flush(ref sink);
        TryAddKeyFrameRequest(mediaSsrc, fullIntraCount);
    }

    /// <summary>Adds an application-defined packet.</summary>
    public void AddApplication<TSink>(byte subtype, uint name, scoped ReadOnlySpan<byte> data, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_writer.TryWriteApplication(_senderSsrc, subtype, name, data))
            return;
        Flush(ref sink);
        _writer.TryWriteApplication(_senderSsrc, subtype, name, data);
    }

    /// <summary>Adds a goodbye of the sender itself.</summary>
    public void AddGoodbye() => _writer.TryWriteBye([_senderSsrc]);

    /// <summary>Whether something was added since the last <see cref="Flush"/>.</summary>
    public readonly bool HasContent => _writer.Length > _preamble;

    /// <summary>Adds one transport-wide feedback packet and says how far it reaches.</summary>
    public TransportFeedbackWriter AddTransportFeedback(uint mediaSsrc, byte count, long baseSequence, scoped ReadOnlySpan<ArrivedPacket> arrived) =>
        _writer.WriteTransportFeedback(_senderSsrc, mediaSsrc, count, baseSequence, arrived);

    /// <summary>Sends what was added and begins another datagram.</summary>
    public void Flush<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_writer.Length > _preamble)
            _transport.SendRtcp(Buffer[.._writer.Length], ref sink);
        Begin();
    }

    private bool TryAddKeyFrameRequest(uint mediaSsrc, byte? fullIntraCount) => fullIntraCount is { } sequence
        ? _writer.TryWriteFullIntra(_senderSsrc, mediaSsrc, sequence)
        : _writer.TryWritePictureLoss(_senderSsrc, mediaSsrc);

    private void Begin()
    {
        _writer = new RtcpWriter(Buffer);
        if (!_isReduced)
        {
            _writer.TryWriteReceiverReport(_senderSsrc, default);
            _writer.TryWriteCname(_senderSsrc, _cname);
        }

        _preamble = _writer.Length;
    }
}
