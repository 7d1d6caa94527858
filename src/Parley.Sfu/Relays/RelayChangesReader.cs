using System.Buffers.Binary;
using System.Text;
using Parley.Rtc.Primitives;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Relays;

/// <summary>Walks over the entries of a <see cref="RelayMessageKind.Changes"/> message. At the first that does not fit or makes no sense the walk ends and <see cref="Malformed"/> is set.</summary>
public ref struct RelayChangesReader
{
    private const int OfferFixedLength = 4 + 8 + 4 + 1 + 1 + 1 + 1;
    private const int CodecLength = 10;
    private const byte MutedFlag = 1;

    private ReadOnlySpan<byte> _rest;
    private ReadOnlySpan<byte> _offer;

    /// <summary>Starts before the first entry.</summary>
    /// <param name="entries">What follows the message's header.</param>
    public RelayChangesReader(ReadOnlySpan<byte> entries) => _rest = entries;

    /// <summary>What the entry says.</summary>
    public RelayChangeKind Kind { get; private set; }

    /// <summary>The offer that the entry is about.</summary>
    public uint Handle { get; private set; }

    /// <summary>The layers wanted: bit i for layer i; 0 unless <see cref="Kind"/> is <see cref="RelayChangeKind.Want"/>.</summary>
    public byte Layers { get; private set; }

    /// <summary>Whether the walk ended before the end.</summary>
    public bool Malformed { get; private set; }

    /// <summary>Goes on to the next entry; false at the end.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty || _rest[0] == (byte)RelayChangeKind.None)
            return false;
        if (TryTake())
            return true;
        Malformed = true;
        _rest = default;
        return false;
    }

    /// <summary>The offer of an entry with <see cref="RelayChangeKind.Offer"/>.</summary>
    public readonly RelayOffer ReadOffer()
    {
        int name = _offer[OfferFixedLength - 1];
        ReadOnlySpan<byte> rest = _offer[(OfferFixedLength + name)..];
        var codecs = new RelayCodec[rest[0]];
        rest = rest[1..];
        for (int i = 0; i < codecs.Length; i++, rest = rest[CodecLength..])
            codecs[i] = ReadCodec(rest);
        var layers = new RelayLayer[rest[0]];
        rest = rest[1..];
        for (int i = 0; i < layers.Length; i++, rest = rest[RelayLayer.Length..])
            layers[i] = ReadLayer(rest);
        return new RelayOffer
        {
            Handle = Handle,
            Generation = new Generation(BinaryPrimitives.ReadInt64BigEndian(_offer[4..]), BinaryPrimitives.ReadUInt32BigEndian(_offer[12..])),
            Source = new SourceId(Encoding.UTF8.GetString(_offer.Slice(OfferFixedLength, name)), (SourceKind)_offer[16]),
            IsMuted = (_offer[17] & MutedFlag) != 0,
            Hops = _offer[18],
            Codecs = codecs,
            Layers = layers,
        };
    }

    private static RelayCodec ReadCodec(ReadOnlySpan<byte> bytes) => new(
        (CodecKind)bytes[0], BinaryPrimitives.ReadInt32BigEndian(bytes[1..]), bytes[5], BinaryPrimitives.ReadInt32BigEndian(bytes[6..]));

    private static RelayLayer ReadLayer(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]), bytes[10] != 0);

    private bool TryTake()
    {
        if (_rest.Length < 5)
            return false;
        Kind = (RelayChangeKind)_rest[0];
        Handle = BinaryPrimitives.ReadUInt32BigEndian(_rest[1..]);
        Layers = 0;
        int length = Kind switch
        {
            RelayChangeKind.Offer => LengthOfOffer(_rest[1..]),
            RelayChangeKind.Gone => 4,
            RelayChangeKind.Want => 5,
            _ => 0,
        };
        if (length == 0 || _rest.Length < 1 + length)
            return false;
        _offer = _rest.Slice(1, length);
        if (Kind == RelayChangeKind.Want)
            Layers = _offer[4];
        _rest = _rest[(1 + length)..];
        return true;
    }

    // 0 when it does not fit or says what cannot be.
    private static int LengthOfOffer(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < OfferFixedLength || bytes[16] > (byte)SourceKind.ScreenAudio || bytes[18] is 0 or > RelayLimits.Hops || bytes[OfferFixedLength - 1] == 0)
            return 0;
        MediaKind media = RelayOffer.KindOf((SourceKind)bytes[16]);
        int at = OfferFixedLength + bytes[OfferFixedLength - 1];
        if (!TryPass(bytes, ref at, RelayLimits.Codecs, CodecLength, out ReadOnlySpan<byte> codecs) || !AreCodecs(codecs, media))
            return 0;
        if (!TryPass(bytes, ref at, RelayLimits.Layers, RelayLayer.Length, out ReadOnlySpan<byte> layers) || !AreLayers(layers, media))
            return 0;
        return at;
    }

    private static bool TryPass(ReadOnlySpan<byte> bytes, ref int at, int most, int length, out ReadOnlySpan<byte> items)
    {
        items = default;
        if (at >= bytes.Length || bytes[at] == 0 || bytes[at] > most || bytes.Length - at - 1 < bytes[at] * length)
            return false;
        items = bytes.Slice(at + 1, bytes[at] * length);
        at += 1 + items.Length;
        return true;
    }

    private static bool AreCodecs(ReadOnlySpan<byte> codecs, MediaKind media)
    {
        for (; !codecs.IsEmpty; codecs = codecs[CodecLength..])
        {
            RelayCodec codec = ReadCodec(codecs);
            if (codec.Kind is CodecKind.Unknown or > CodecKind.Av1 || codec.Media != media || codec.ClockRate is < 8_000 or > 192_000)
                return false;
        }

        return true;
    }

    // Sound has one layer and no retransmissions.
    private static bool AreLayers(ReadOnlySpan<byte> layers, MediaKind media)
    {
        if (media == MediaKind.Audio && layers.Length != RelayLayer.Length)
            return false;
        for (; !layers.IsEmpty; layers = layers[RelayLayer.Length..])
        {
            RelayLayer layer = ReadLayer(layers);
            if (layer.Ssrc == 0 || layer.Ssrc == layer.RtxSsrc || (layer.RtxSsrc == 0) != (media == MediaKind.Audio))
                return false;
        }

        return true;
    }
}
