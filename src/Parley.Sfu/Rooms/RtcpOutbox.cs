using Parley.Rtc.Primitives;
using Parley.Rtc.Rtcp;
using Parley.Sfu.Packets;
using Parley.Sfu.Slots;

namespace Parley.Sfu.Rooms;

/// <summary>
/// Collects the RTCP packets of one transport into as few datagrams as they fit in. Where reduced-size RTCP was not agreed each datagram begins with a receiver report and a CNAME
/// (RFC 3550 section 6.1).
/// </summary>
public ref struct RtcpOutbox
{
    /// <summary>Bytes of a datagram before encryption.</summary>
    public const int MaximumLength = 1200;

    private readonly Connection _connection;
    private RtcpWriter _writer;
    private int _preamble;

    /// <summary>Starts an empty datagram.</summary>
    /// <param name="connection">Whose.</param>
    /// <param name="buffer">Room for one datagram.</param>
    public RtcpOutbox(Connection connection, Span<byte> buffer)
    {
        _connection = connection;
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

        _writer.TryWriteCname(report.Ssrc, _connection.Cname);
    }

    /// <summary>Adds a receiver report.</summary>
    public void AddReceiverReport<TSink>(scoped ReadOnlySpan<ReportBlock> blocks, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_writer.TryWriteReceiverReport(_connection.SenderSsrc, blocks))
            return;
        Flush(ref sink);
        _writer.TryWriteReceiverReport(_connection.SenderSsrc, blocks);
    }

    /// <summary>Adds a NACK for missing packets of a source, lowest first.</summary>
    public void AddNack<TSink>(uint mediaSsrc, scoped ReadOnlySpan<long> missing, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        while (!missing.IsEmpty)
        {
            int taken = _writer.WriteNack(_connection.SenderSsrc, mediaSsrc, missing);
            missing = missing[taken..];
            if (!missing.IsEmpty)
                Flush(ref sink);
        }
    }

    /// <summary>Adds a request for a key frame.</summary>
    public void AddKeyFrameRequest<TSink>(uint mediaSsrc, bool asFullIntra, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        byte sequence = asFullIntra ? ++_connection.Reports.FullIntraCount : (byte)0;
        if (TryAddKeyFrameRequest(mediaSsrc, asFullIntra, sequence))
            return;
        Flush(ref sink);
        TryAddKeyFrameRequest(mediaSsrc, asFullIntra, sequence);
    }

    /// <summary>Whether something was added since the last <see cref="Flush"/>.</summary>
    public readonly bool HasContent => _writer.Length > _preamble;

    /// <summary>Adds one transport-wide feedback packet and says how far it reaches.</summary>
    public TransportFeedbackWriter AddTransportFeedback(uint mediaSsrc, byte count, long baseSequence, scoped ReadOnlySpan<ArrivedPacket> arrived) =>
        _writer.WriteTransportFeedback(_connection.SenderSsrc, mediaSsrc, count, baseSequence, arrived);

    /// <summary>Sends what was added and begins another datagram.</summary>
    public void Flush<TSink>(ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (_writer.Length > _preamble)
            _connection.Transport.SendRtcp(Buffer[.._writer.Length], ref sink);
        Begin();
    }

    private bool TryAddKeyFrameRequest(uint mediaSsrc, bool asFullIntra, byte sequence) => asFullIntra
        ? _writer.TryWriteFullIntra(_connection.SenderSsrc, mediaSsrc, sequence)
        : _writer.TryWritePictureLoss(_connection.SenderSsrc, mediaSsrc);

    private void Begin()
    {
        _writer = new RtcpWriter(Buffer);
        if (!_connection.ReducedSizeRtcp)
        {
            _writer.TryWriteReceiverReport(_connection.SenderSsrc, default);
            _writer.TryWriteCname(_connection.SenderSsrc, _connection.Cname);
        }

        _preamble = _writer.Length;
    }
}
