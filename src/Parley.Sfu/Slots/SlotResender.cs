using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Sfu.Packets;
using Parley.Sfu.Tracks;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Slots;

/// <summary>
/// Answers a subscriber's NACKs from the layers' caches: the packet is read again and written with the numbers that it was sent with, as RTX under a fresh sequence number (RFC 4588).
/// Without RTX the same bytes are sent again, and only those: other bytes under the same number would break the cipher.
/// </summary>
public sealed class SlotResender
{
    // At 300 packets a second some 0.9 s, as long as the layers' caches reach.
    private const int JournalCapacity = 256;

    private readonly Transport _transport;
    private readonly SlotContext _context;
    private readonly SlotNumbers _numbers;
    private readonly SlotHistory _history;
    private readonly PacketRewriter _rewriter;
    private readonly CodecMatch _codecs;
    private readonly uint _ssrc;
    private readonly uint _rtxSsrc;
    private SendJournal? _journal;
    private long _rtxSequence;

    /// <summary>Makes a resender over a slot's parts.</summary>
    public SlotResender(
        Transport transport, SlotContext context, SlotNumbers numbers, SlotHistory history, PacketRewriter rewriter, CodecMatch codecs, uint ssrc, uint rtxSsrc)
    {
        _transport = transport;
        _context = context;
        _numbers = numbers;
        _history = history;
        _rewriter = rewriter;
        _codecs = codecs;
        _ssrc = ssrc;
        _rtxSsrc = rtxSsrc;
        // Below 2^15, as every outgoing stream begins (RFC 3711 section 3.3.1).
        _rtxSequence = context.Entropy.NextUInt32() & 0x7FFF;
    }

    /// <summary>Notes a packet that was sent.</summary>
    public void Record(ReceivedPacket packet, in SlotReservation reservation)
    {
        _journal ??= new SendJournal(JournalCapacity);
        _journal.Record(
            new SentPacket(reservation.Sequence.Outgoing, packet.Sequence, reservation.Timestamp.Offset, _history.Key, reservation.CodecIds.Outgoing),
            packet.Arrival);
    }

    /// <summary>Forgets what was sent, where a re-offer may have changed the bytes that would be sent again.</summary>
    public void Clear() => _journal?.Clear();

    /// <summary>Sends a packet again, if it is known, still cached and not resent too often.</summary>
    public void Resend<TSink>(ushort sequence, TimeSpan roundTrip, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!_transport.CanSend)
            return;
        DropReason? refusal = TryRead(sequence, roundTrip, now, out SentPacket sent, out ushort frameOffset) ?? TrySend(sent, frameOffset, ref sink);
        if (refusal is { } reason)
            _context.Traffic.Drops.Count(reason);
    }

    private DropReason? TryRead(ushort sequence, TimeSpan roundTrip, MonotonicTime now, out SentPacket sent, out ushort frameOffset)
    {
        frameOffset = 0;
        ResendVerdict verdict = ResendVerdict.Unknown;
        sent = default;
        if (_journal is not null)
            verdict = _journal.TryResend(_numbers.Extend(sequence), roundTrip, now, out sent);
        if (verdict is ResendVerdict.TooSoon or ResendVerdict.TooOften)
            return DropReason.NackThrottled;
        if (verdict != ResendVerdict.Resend || !_history.TryFind(sent.SourceKey, out LayerStream layer, out frameOffset))
            return DropReason.NackUnanswerable;
        return TryRead(layer, sent) ? null : DropReason.NackUnanswerable;
    }

    private bool TryRead(LayerStream layer, in SentPacket sent)
    {
        if (layer.Cache is null || !layer.Cache.TryGet(sent.Source, out CachedPacket cached))
            return false;
        ReadOnlySpan<byte> bytes = _context.Pool.Bytes(cached.Slot)[..(cached.PayloadOffset + cached.PayloadLength)];
        if (!RtpHeaderView.TryParseHeader(bytes, out RtpHeaderView header) || layer.Track.CodecOf(header.PayloadType) is not { } codec)
            return false;
        ReceivedPacket packet = _context.Repeated;
        packet.Read(cached.Slot, header, layer.Track.Media.Extensions, codec, cached.Arrival, isRetransmission: false);
        packet.Sequence = cached.Sequence;
        packet.Timestamp = cached.Timestamp;
        return true;
    }

    private DropReason? TrySend<TSink>(in SentPacket sent, ushort frameOffset, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        ReceivedPacket packet = _context.Repeated;
        if (_codecs.Find(packet.Codec!) is not { } codec)
            return DropReason.CodecNotAgreed;
        Span<byte> datagram = sink.Reserve(_rewriter.RoomFor(packet) + _transport.Srtp!.Outbound.RtpOverhead);
        if (datagram.IsEmpty)
            return DropReason.SinkFull;
        long timestamp = packet.Timestamp + sent.TimestampOffset;
        if (_rtxSsrc != 0 && codec.RtxPayloadType is { } rtx)
        {
            var header = new OutgoingHeader(rtx, _rtxSsrc, _rtxSequence++, timestamp, sent.CodecIds, frameOffset);
            int length = _rewriter.WriteRepeated(datagram, packet, header, (ushort)sent.Outgoing, out int headerLength);
            _transport.SendRtp(datagram, headerLength, length, header.Sequence, ref sink);
        }
        else
        {
            var header = new OutgoingHeader(codec.PayloadType, _ssrc, sent.Outgoing, timestamp, sent.CodecIds, frameOffset);
            int length = _rewriter.Write(datagram, packet, header, out int headerLength);
            _transport.SendRtp(datagram, headerLength, length, header.Sequence, ref sink);
        }

        return null;
    }
}
