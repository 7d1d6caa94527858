using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Sfu.Packets;
using Parley.Sfu.Tracks;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Slots;

/// <summary>
/// Answers a subscriber's NACKs from the layers' caches: the packet is read again and written with the numbers that it was sent with, as RTX under a fresh sequence number (RFC 4588).
/// Without RTX the same bytes are sent again, and only those: other bytes under the same number would break the cipher. What can no longer be sent again only a key frame makes up for.
/// </summary>
public sealed class SlotResender
{
    /// <summary>How old a packet may be for its loss to be worth a key frame: after so long browsers ask for one by themselves.</summary>
    public static readonly TimeSpan LossLimit = TimeSpan.FromSeconds(3);

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
    private long _keyFrameFrom;

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
            new SentPacket(reservation.Sequence.Outgoing, packet.Sequence, unchecked((int)reservation.Timestamp.Offset), _history.Key, reservation.CodecIds.Outgoing),
            packet.Arrival);
        if (packet.Frame is { IsKeyFrame: true, IsFrameStart: true } && reservation.Sequence.Outgoing > _keyFrameFrom)
            _keyFrameFrom = reservation.Sequence.Outgoing;
    }

    /// <summary>Reads where the next packet will be noted; see <see cref="Slot.Touch"/>.</summary>
    public long Touch() => _journal?.Touch(_numbers.NextOutgoing) ?? 0;

    /// <summary>Forgets what was sent, where a re-offer may have changed the bytes that would be sent again.</summary>
    public void Clear() => _journal?.Clear();

    /// <summary>
    /// Sends a packet again, if it is known, still cached and not resent too often. True when the subscriber can never get it and what it was sent since builds on it: one of the current
    /// layer, of the last key frame or after it, not older than <see cref="LossLimit"/>.
    /// </summary>
    public bool Resend<TSink>(ushort sequence, TimeSpan roundTrip, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!_transport.CanSend)
            return false;
        SentPacket sent = default;
        TimeSpan age = default;
        ResendVerdict verdict = _journal?.TryResend(_numbers.Extend(sequence), roundTrip, now, out sent, out age) ?? ResendVerdict.Unknown;
        switch (verdict)
        {
            case ResendVerdict.Resend when TryRead(sent, out ushort frameOffset):
                if (TrySend(sent, frameOffset, ref sink) is { } refusal)
                    _context.Traffic.Drops.Count(refusal);
                return false;
            case ResendVerdict.Resend:
                _context.Traffic.Drops.Count(DropReason.NackUnanswerable);
                return IsLoss(sent, age);
            case ResendVerdict.TooOften:
                _context.Traffic.Drops.Count(DropReason.NackThrottled);
                return IsLoss(sent, age);
            default:
                _context.Traffic.Drops.Count(verdict == ResendVerdict.TooSoon ? DropReason.NackThrottled : DropReason.NackUnanswerable);
                return false;
        }
    }

    private bool IsLoss(in SentPacket sent, TimeSpan age) => sent.SourceKey == _history.Key && sent.Outgoing >= _keyFrameFrom && age <= LossLimit;

    private bool TryRead(in SentPacket sent, out ushort frameOffset) =>
        _history.TryFind(sent.SourceKey, out LayerStream layer, out frameOffset) && TryRead(layer, sent);

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
