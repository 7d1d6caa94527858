using System.Text;
using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;
using Parley.Sfu.Packets;
using Parley.Sfu.Tracks;
using Parley.Sfu.Transports;

namespace Parley.Sfu.Slots;

/// <summary>
/// A fixed receiving m-line of a subscriber: one outgoing stream with an SSRC of its own, into which the layers of whatever source the slot has are forwarded.
/// </summary>
public sealed class Slot
{
    private readonly SlotContext _context;
    private readonly Transport _transport;
    private readonly LayerSelector _selector;
    private readonly SlotNumbers _numbers;
    private readonly SlotHistory _history = new();
    private readonly SlotResender _resender;
    private readonly PacketRewriter _rewriter;
    private readonly CodecMatch _codecs;
    private readonly int _clockRate;
    private Track? _track;
    private LayerStream? _layer;
    private int _layerEpoch;
    private long _reportedCount;

    /// <summary>Makes an empty slot.</summary>
    /// <param name="media">The m-line.</param>
    /// <param name="transport">The subscriber's pipe.</param>
    /// <param name="context">What the slots of the shard share.</param>
    /// <param name="isExact">
    /// Whether it carries one layer of one source and nothing else, as on a relay link. Then it keeps the timestamps, and its numbers go on without a gap after a pause: what came before is complete for the other
    /// end or of no use, so nobody is to ask for it.
    /// </param>
    public Slot(NegotiatedMedia media, Transport transport, SlotContext context, bool isExact = false)
    {
        _selector = new LayerSelector { IsExact = isExact };
        _context = context;
        _transport = transport;
        Mid = media.Mid;
        Kind = media.Kind;
        Ssrc = media.LocalSsrc;
        RtxSsrc = media.LocalRtxSsrc;
        _clockRate = media.Codecs[0].ClockRate;
        _numbers = new SlotNumbers(media.Kind, _clockRate, context.Entropy, isExact);
        _rewriter = new PacketRewriter(media, Encoding.ASCII.GetBytes(media.Mid));
        _codecs = new CodecMatch(media);
        _resender = new SlotResender(transport, context, _numbers, _history, _rewriter, _codecs, Ssrc, RtxSsrc);
    }

    /// <summary>The m-line's mid.</summary>
    public string Mid { get; }

    /// <summary>Sound or pictures.</summary>
    public MediaKind Kind { get; }

    /// <summary>The SSRC of its stream.</summary>
    public uint Ssrc { get; }

    /// <summary>The SSRC of its retransmissions; 0 without RTX.</summary>
    public uint RtxSsrc { get; }

    /// <summary>The latest timestamp sent.</summary>
    public uint LastTimestamp => (uint)_numbers.LastTimestamp;

    /// <summary>The layer of which a key frame is wanted; null when none is.</summary>
    public int? WantedKeyFrame => Kind == MediaKind.Video && _selector.KeyFrameWanted is >= 0 and var layer ? layer : null;

    /// <summary>The layer that is forwarded; <see cref="LayerSelector.None"/> when none is.</summary>
    public int CurrentLayer => _selector.Current;

    /// <summary>The layers that are forwarded or aimed at: bit i for layer i.</summary>
    public uint NeededLayers => BitOf(_selector.Current) | BitOf(_selector.Aim);

    /// <summary>Packets sent for the first time.</summary>
    public long PacketCount { get; private set; }

    /// <summary>Payload bytes of those.</summary>
    public long OctetCount { get; private set; }

    /// <summary>Whether one of a track's codecs suits this slot.</summary>
    public bool CanPlay(Track track) => track.Kind == Kind && _codecs.Suits(track.Media);

    /// <summary>Whether packets of a layer are of use now: it is forwarded or aimed at, or anything up to the aim would do.</summary>
    public bool ListensTo(int layer) => _selector.ListensTo(layer);

    /// <summary>Gives the slot another track to forward, or none.</summary>
    public void Feed(Track? track)
    {
        _track = track;
        _selector.Reset();
        if (track is null)
            _selector.SetTarget(LayerSelector.None);
        else if (Kind == MediaKind.Audio)
            SetTarget(0, live: 1);
    }

    /// <summary>Sets the layer to forward and which layers deliver; true when it listens to other layers now.</summary>
    public bool SetTarget(int layer, uint live)
    {
        if (_track is null)
            return false;
        (int current, int aim) = (_selector.Current, _selector.Aim);
        for (int i = 0; i < _track.Layers.Length && i < LayerSelector.MaximumLayers; i++)
            _selector.SetLive(i, (live & (1u << i)) != 0);
        _selector.SetTarget(layer);
        return current != _selector.Current || aim != _selector.Aim;
    }

    /// <summary>Takes over payload types and extension ids of a re-offer; the stream goes on.</summary>
    public void Renegotiate(NegotiatedMedia media)
    {
        _rewriter.Renegotiate(media);
        _codecs.Renegotiate(media);
        // Without RTX a packet is sent again under its own number, so only with the very same bytes: a nonce is never used for others.
        if (RtxSsrc == 0 || media.Codecs.Any(codec => codec.RtxPayloadType is null))
            _resender.Clear();
    }

    /// <summary>
    /// Reads a little of everything that forwarding reads. After the pause between two frames little of a subscriber's state is in the processor's cache, and following its references one after
    /// another waits for memory some thirty times; touched for several slots in a row, the waits of one overlap with those of the others.
    /// </summary>
    /// <returns>Nothing of use; it keeps the reads from being left out.</returns>
    public long Touch() =>
        _selector.Current + _numbers.Touch() + _history.Key + _resender.Touch() + _rewriter.Touch() + _codecs.Touch() + _transport.Touch();

    /// <summary>Forwards a packet of the slot's track, or does not.</summary>
    public SlotOutcome Forward<TSink>(ReceivedPacket packet, LayerStream layer, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (ReferenceEquals(layer, _layer) && layer.Epoch != _layerEpoch)
            BeginAnew();
        LayerPacket facts = FactsOf(packet, layer);
        switch (_selector.Decide(facts))
        {
            case LayerDecision.Forward:
                return ForwardCurrent(packet, facts, ref sink);
            case LayerDecision.SwitchAndForward:
                return ForwardFirst(packet, layer, facts, ref sink);
            case LayerDecision.Drop:
                _numbers.Drop(packet);
                return SlotOutcome.LeftOut;
            default:
                return WantedKeyFrame is null ? SlotOutcome.LeftOut : SlotOutcome.KeyFrameWanted;
        }
    }

    /// <summary>Closes the gap that a packet with padding alone leaves; nothing is sent.</summary>
    public void Skip(ReceivedPacket packet, LayerStream layer)
    {
        if (ReferenceEquals(layer, _layer) && layer.Epoch == _layerEpoch && _selector.Current == layer.Index)
            _numbers.Drop(packet);
    }

    /// <summary>Sends a packet again that the subscriber misses; true when that cannot be and only a key frame helps (<see cref="SlotResender.Resend"/>).</summary>
    public bool Resend<TSink>(ushort sequence, TimeSpan roundTrip, MonotonicTime now, ref TSink sink)
        where TSink : struct, IDatagramSink => _resender.Resend(sequence, roundTrip, now, ref sink) && Kind == MediaKind.Video;

    /// <summary>What a sender report says about the stream at <paramref name="now"/>; false when nothing was sent since the last (RFC 3550 section 6.4).</summary>
    public bool TryReport(MonotonicTime now, out SlotReport report)
    {
        report = default;
        return PacketCount != _reportedCount && TryReportAgain(now, out report);
    }

    /// <summary>What a sender report says about the stream at <paramref name="now"/>, whether something was sent since the last or not; false when nothing ever was.</summary>
    public bool TryReportAgain(MonotonicTime now, out SlotReport report)
    {
        report = default;
        if (_layer is null)
            return false;
        _reportedCount = PacketCount;
        long timestamp = _layer.Epoch == _layerEpoch && _layer.HasStarted ? _layer.TimestampAt(now, _clockRate) + _numbers.TimestampOffset : _numbers.LastTimestamp;
        report = new SlotReport(Ssrc, (uint)timestamp, (uint)PacketCount, (uint)OctetCount);
        return true;
    }

    private static uint BitOf(int layer) => layer < 0 ? 0 : 1u << layer;

    private LayerPacket FactsOf(ReceivedPacket packet, LayerStream layer)
    {
        FrameFacts frame = packet.Frame;
        // One can begin to hear at every packet.
        return Kind == MediaKind.Audio
            ? new LayerPacket(layer.Index, packet.IsInOrder || _selector.Current == layer.Index, true, true)
            : new LayerPacket(layer.Index, packet.IsInOrder, frame.IsFrameStart, frame.IsKeyFrame, frame.TemporalId, frame.IsSwitchingUpPoint);
    }

    private SlotOutcome ForwardCurrent<TSink>(ReceivedPacket packet, in LayerPacket facts, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!_numbers.TryReserve(packet, out SlotReservation reservation))
            return Drop(DropReason.NotMappable);
        if (!TrySend(packet, reservation, ref sink))
            return SlotOutcome.Dropped;
        Commit(packet, facts, reservation);
        return SlotOutcome.Sent;
    }

    private SlotOutcome ForwardFirst<TSink>(ReceivedPacket packet, LayerStream layer, in LayerPacket facts, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        SlotReservation reservation = _numbers.ReserveSwitch(packet, ReferenceOf(packet, layer));
        if (!TrySend(packet, reservation, ref sink))
            return SlotOutcome.Dropped;
        _history.Switch(layer, reservation.FrameOffset);
        _layer = layer;
        _layerEpoch = layer.Epoch;
        Commit(packet, facts, reservation);
        return SlotOutcome.SentFirst;
    }

    private bool TrySend<TSink>(ReceivedPacket packet, in SlotReservation reservation, ref TSink sink)
        where TSink : struct, IDatagramSink
    {
        if (!_transport.CanSend)
            return Refuse(DropReason.SubscriberNotReady);
        if (_codecs.Find(packet.Codec!) is not { } codec)
            return Refuse(DropReason.CodecNotAgreed);
        int room = _rewriter.RoomFor(packet);
        if (room > PacketRewriter.MaximumLength)
            return Refuse(DropReason.TooLarge);
        Span<byte> datagram = sink.Reserve(room + _transport.Srtp!.Outbound.RtpOverhead);
        if (datagram.IsEmpty)
            return Refuse(DropReason.SinkFull);
        var header = new OutgoingHeader(
            codec.PayloadType, Ssrc, reservation.Sequence.Outgoing, reservation.Timestamp.Outgoing, reservation.CodecIds.Outgoing, reservation.FrameOffset);
        int length = _rewriter.Write(datagram, packet, header, out int headerLength);
        _transport.SendRtp(datagram, headerLength, length, header.Sequence, ref sink);
        return true;
    }

    private void Commit(ReceivedPacket packet, in LayerPacket facts, in SlotReservation reservation)
    {
        _numbers.Commit(packet, reservation);
        _selector.Commit(facts);
        PacketCount++;
        OctetCount += packet.PayloadLength;
        if (_layer!.Cache is not null)
            _resender.Record(packet, reservation);
    }

    // The same instant in the timestamps of the layer forwarded before: known within one track through its sender reports, and for the same layer by itself.
    private long? ReferenceOf(ReceivedPacket packet, LayerStream layer)
    {
        if (_layer is not { } former || former.Epoch != _layerEpoch)
            return null;
        if (ReferenceEquals(former, layer))
            return packet.Timestamp;
        if (!ReferenceEquals(former.Track, layer.Track) || !former.HasReport || !layer.HasReport)
            return null;
        var from = new SenderReportAnchor(layer.ReportSent.Value, layer.ReportTimestamp);
        var to = new SenderReportAnchor(former.ReportSent.Value, former.ReportTimestamp);
        return from.TryTranslate(packet.Timestamp, to, _clockRate, out long translated) ? translated : null;
    }

    // The layer has another SSRC now: its numbers mean nothing until a key frame begins.
    private void BeginAnew()
    {
        Track? track = _track;
        int target = _selector.Aim;
        _selector.Reset();
        _layer = null;
        if (track is not null)
            SetTarget(target, live: 1u << Math.Max(0, target));
    }

    private SlotOutcome Drop(DropReason reason)
    {
        _context.Traffic.Drops.Count(reason);
        return SlotOutcome.Dropped;
    }

    private bool Refuse(DropReason reason)
    {
        _context.Traffic.Drops.Count(reason);
        return false;
    }
}
