namespace Parley.Sfu.Slots;

/// <summary>
/// Keeps the picture id, TL0PICIDX and KEYIDX that one receiver sees continuous over source switches and dropped temporal layers, for VP8 and VP9.
/// A receiver takes a missing picture id for a lost picture, on which later ones may depend.
/// </summary>
/// <remarks>
/// <code>
/// input                                     | picture id                          | TL0PICIDX, KEYIDX
/// switch                                    | the one after the highest           | the one after the last
/// packet of a picture                       | with the offset of its interval     | with the source's offset
/// packet of a dropped picture               | none: false                         |
/// drop of a picture newer than all          | the following move up by one        | unchanged
/// drop of an older or partly sent picture   | unchanged                           | unchanged
/// source without a counter                  | absent                              | absent
/// </code>
/// </remarks>
public sealed class CodecIdMunger
{
    private const int WideMask = 0x7FFF;
    private const int NarrowMask = 0x7F;
    private const int KeyIndexMask = 0x1F;

    // Room below the first picture of a source, so that extended ids stay positive.
    private const long FirstExtended = 0x10000;

    private readonly IntervalMap _pictures;
    private long _highestPicture;
    private bool? _isWide;
    private byte _tl0Offset;
    private int _lastTl0 = -1;
    private int _keyIndexOffset;
    private int _lastKeyIndex = -1;

    /// <summary>Makes a munger that remembers <paramref name="capacity"/> runs of pictures.</summary>
    public CodecIdMunger(int capacity = 32) => _pictures = new IntervalMap(capacity, firstOutgoing: 1);

    /// <summary>Reserves the ids of a packet of the current source; false when its picture was dropped or is too old.</summary>
    public bool TryReserve(in CodecIds source, out CodecIdReservation reservation)
    {
        long picture = 0;
        long outgoing = 0;
        if (source.PictureId >= 0 && _highestPicture != 0)
        {
            picture = Extend(source);
            if (!_pictures.TryMap(picture, out outgoing))
            {
                reservation = default;
                return false;
            }
        }

        reservation = new CodecIdReservation(source, Write(source, outgoing, _tl0Offset, _keyIndexOffset), picture, outgoing, IsSwitch: false);
        return true;
    }

    /// <summary>Reserves the ids of the first packet of a new source.</summary>
    public CodecIdReservation ReserveSwitch(in CodecIds source)
    {
        long outgoing = _pictures.NextOutgoing;
        return new CodecIdReservation(
            source,
            Write(source, outgoing, Tl0OffsetFor(source), KeyIndexOffsetFor(source)),
            source.PictureId >= 0 ? FirstExtended + source.PictureId : 0,
            outgoing,
            IsSwitch: true);
    }

    /// <summary>Notes that the packet was sent. A reservation is only valid until the next commit or drop.</summary>
    public void Commit(in CodecIdReservation reservation)
    {
        CodecIds source = reservation.Source;
        if (reservation.IsSwitch)
        {
            _tl0Offset = Tl0OffsetFor(source);
            _keyIndexOffset = KeyIndexOffsetFor(source);
            _highestPicture = reservation.SourcePicture;
            if (source.PictureId >= 0)
                _pictures.Switch(reservation.SourcePicture, reservation.OutgoingPicture);
        }
        else if (reservation.SourcePicture != 0)
        {
            _pictures.Commit(reservation.SourcePicture);
            _highestPicture = Math.Max(_highestPicture, reservation.SourcePicture);
        }

        if (source.PictureId >= 0)
            _isWide ??= source.IsWide;
        Remember(reservation.Outgoing);
    }

    /// <summary>Notes that no packet of a picture is forwarded. May be told for each of its packets. True when the gap was closed.</summary>
    public bool Drop(in CodecIds source)
    {
        if (source.PictureId < 0 || _highestPicture == 0)
            return false;
        long picture = Extend(source);
        _highestPicture = Math.Max(_highestPicture, picture);
        return _pictures.Drop(picture);
    }

    /// <summary>Reads what reserving reads; see <see cref="Slot.Touch"/>.</summary>
    public long Touch() => _pictures.Touch() + _lastTl0;

    private void Remember(in CodecIds outgoing)
    {
        if (outgoing.Tl0PictureIndex >= 0 && (_lastTl0 < 0 || (sbyte)(outgoing.Tl0PictureIndex - _lastTl0) > 0))
            _lastTl0 = outgoing.Tl0PictureIndex;
        if (outgoing.KeyIndex >= 0 && (_lastKeyIndex < 0 || ((outgoing.KeyIndex - _lastKeyIndex) & KeyIndexMask) is > 0 and < 16))
            _lastKeyIndex = outgoing.KeyIndex;
    }

    private CodecIds Write(in CodecIds source, long picture, byte tl0Offset, int keyIndexOffset)
    {
        bool wide = _isWide ?? source.IsWide;
        bool hasPicture = source.PictureId >= 0 && picture != 0;
        return new CodecIds(
            hasPicture ? (short)(picture & (wide ? WideMask : NarrowMask)) : (short)-1,
            wide && hasPicture,
            source.Tl0PictureIndex < 0 ? (short)-1 : (byte)(source.Tl0PictureIndex + tl0Offset),
            source.KeyIndex < 0 ? (sbyte)-1 : (sbyte)((source.KeyIndex + keyIndexOffset) & KeyIndexMask));
    }

    private byte Tl0OffsetFor(in CodecIds source) =>
        _lastTl0 < 0 || source.Tl0PictureIndex < 0 ? (byte)0 : (byte)(_lastTl0 + 1 - source.Tl0PictureIndex);

    private int KeyIndexOffsetFor(in CodecIds source) =>
        _lastKeyIndex < 0 || source.KeyIndex < 0 ? 0 : (_lastKeyIndex + 1 - source.KeyIndex) & KeyIndexMask;

    private long Extend(in CodecIds source)
    {
        int bits = source.IsWide ? 15 : 7;
        int unused = 32 - bits;
        int distance = (int)((uint)(source.PictureId - (int)_highestPicture) << unused) >> unused;
        return _highestPicture + distance;
    }
}
