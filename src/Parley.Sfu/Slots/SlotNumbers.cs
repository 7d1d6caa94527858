using Parley.Rtc.Primitives;
using Parley.Sfu.Tracks;

namespace Parley.Sfu.Slots;

/// <summary>
/// All running numbers of a slot's stream: sequence, timestamp, codec ids and frame numbers. They are reserved together before a packet is written and committed together once it
/// was sent, so that a packet that could not be sent leaves no trace.
/// </summary>
public sealed class SlotNumbers
{
    // Sound has no frame whose tail could be missing, so its numbers go on without the gap.
    private const int SoundGap = 0;
    private const int SoundIntervals = 8;

    private readonly int _switchGap;
    private readonly SequenceMunger _sequence;
    private readonly TimestampMunger _timestamp;
    private readonly CodecIdMunger _codecIds = new();
    private FrameNumbers _frames;

    /// <summary>Makes the numbers of a new stream, all at random starts; of one that carries a single layer only, timestamps stay as they are.</summary>
    public SlotNumbers(MediaKind kind, int clockRate, IEntropy entropy, bool isExact)
    {
        _switchGap = kind == MediaKind.Audio ? SoundGap : isExact ? 0 : SequenceMunger.SwitchGap;
        _sequence = new SequenceMunger(entropy, kind == MediaKind.Audio ? SoundIntervals : SequenceMunger.DefaultCapacity);
        _timestamp = isExact ? TimestampMunger.Exact(clockRate) : new TimestampMunger(clockRate, entropy);
    }

    /// <summary>The latest timestamp sent.</summary>
    public long LastTimestamp => _timestamp.Last;

    /// <summary>The lowest number that was not sent yet.</summary>
    public long NextOutgoing => _sequence.NextOutgoing;

    /// <summary>What is added to the current source's timestamps.</summary>
    public long TimestampOffset => _timestamp.Offset;

    /// <summary>The extended number nearest to the highest sent that a 16-bit one stands for.</summary>
    public long Extend(ushort sequence)
    {
        long highest = _sequence.NextOutgoing - 1;
        return highest + (short)(ushort)(sequence - (ushort)highest);
    }

    /// <summary>Reserves the numbers of the first packet of another layer or source.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="reference">The packet's instant in the former layer's timestamps; null when that cannot be told.</param>
    public SlotReservation ReserveSwitch(ReceivedPacket packet, long? reference) => new(
        _sequence.ReserveSwitch(packet.Sequence, _switchGap),
        _timestamp.ReserveSwitch(packet.Timestamp, reference, packet.Arrival),
        _codecIds.ReserveSwitch(IdsOf(packet)),
        _frames.OffsetFor(packet));

    /// <summary>Reserves the numbers of a packet of the current layer; false when it cannot be placed any more.</summary>
    public bool TryReserve(ReceivedPacket packet, out SlotReservation reservation)
    {
        reservation = default;
        if (!_sequence.TryReserve(packet.Sequence, out SequenceReservation sequence) || !_codecIds.TryReserve(IdsOf(packet), out CodecIdReservation codecIds))
            return false;
        reservation = new SlotReservation(sequence, _timestamp.Reserve(packet.Timestamp), codecIds, _frames.Offset);
        return true;
    }

    /// <summary>Notes that the packet was sent.</summary>
    public void Commit(ReceivedPacket packet, in SlotReservation reservation)
    {
        _sequence.Commit(reservation.Sequence);
        _timestamp.Commit(reservation.Timestamp, packet.Arrival);
        _codecIds.Commit(reservation.CodecIds);
        _frames.Commit(packet, reservation.FrameOffset);
    }

    /// <summary>Closes the gap of a packet of the current layer that is not forwarded.</summary>
    public void Drop(ReceivedPacket packet)
    {
        _sequence.Drop(packet.Sequence);
        if (packet.PayloadLength > 0)
            _codecIds.Drop(IdsOf(packet));
    }

    /// <summary>Reads what reserving reads; see <see cref="Slot.Touch"/>.</summary>
    public long Touch() => _sequence.Touch() + _timestamp.Last + _timestamp.Offset + _codecIds.Touch();

    private static CodecIds IdsOf(ReceivedPacket packet)
    {
        if (packet.Vp8.Length > 0)
        {
            return new CodecIds(
                packet.Vp8.PictureIdBits == 0 ? (short)-1 : (short)packet.Vp8.PictureId,
                packet.Vp8.PictureIdBits == 15,
                packet.Vp8.HasTl0PictureIndex ? packet.Vp8.Tl0PictureIndex : (short)-1,
                packet.Vp8.HasKeyIndex ? (sbyte)packet.Vp8.KeyIndex : (sbyte)-1);
        }

        if (packet.Vp9.Length == 0)
            return CodecIds.None;
        return new CodecIds(
            packet.Vp9.PictureIdBits == 0 ? (short)-1 : (short)packet.Vp9.PictureId,
            packet.Vp9.PictureIdBits == 15,
            packet.Vp9.HasTl0PictureIndex ? packet.Vp9.Tl0PictureIndex : (short)-1,
            -1);
    }
}
