using CsCheck;
using Parley.Rtc.Primitives;
using Parley.Sfu.Relays;
using Parley.Sfu.Rooms;

namespace Parley.Sfu.Tests.Relays;

/// <summary>Offers of all shapes.</summary>
internal static class RelayGen
{
    private static readonly Gen<RelayCodec> SoundCodec = Gen.Select(
        Gen.OneOf(Gen.Const(CodecKind.Opus), Gen.Const(CodecKind.Red)), Gen.Byte[1, 2], (kind, channels) => new RelayCodec(kind, 48_000, channels, 0));

    private static readonly Gen<RelayCodec> PictureCodec = Gen.Select(
        Gen.Int[(int)CodecKind.Vp8, (int)CodecKind.Av1].Select(kind => (CodecKind)kind), Gen.Int, (kind, compatibility) => new RelayCodec(kind, 90_000, 0, compatibility));

    private static readonly Gen<RelayLayer> PictureLayer = Gen.Select(
        Gen.UInt[1, 1u << 31], Gen.UInt[(1u << 31) + 1, uint.MaxValue], Gen.UShort, Gen.Bool, (ssrc, rtx, height, isLive) => new RelayLayer(ssrc, rtx, height, isLive));

    private static readonly Gen<RelayLayer> SoundLayer = Gen.Select(Gen.UInt[1, uint.MaxValue], Gen.Bool, (ssrc, isLive) => new RelayLayer(ssrc, 0, 0, isLive));

    public static Gen<RelayOffer> Offer { get; } =
        from kind in Gen.Enum<SourceKind>()
        from name in Gen.String[Gen.Char['a', '\u04ff'], 1, 60]
        from handle in Gen.UInt
        from since in Gen.Long
        from tag in Gen.UInt
        from hops in Gen.Byte[1, RelayLimits.Hops]
        from isMuted in Gen.Bool
        from codecs in (RelayOffer.KindOf(kind) == MediaKind.Audio ? SoundCodec : PictureCodec).Array[1, RelayLimits.Codecs]
        from layers in RelayOffer.KindOf(kind) == MediaKind.Audio ? SoundLayer.Array[1] : PictureLayer.Array[1, RelayLimits.Layers]
        select new RelayOffer
        {
            Handle = handle,
            Source = new SourceId(name, kind),
            Generation = new Generation(since, tag),
            Hops = hops,
            IsMuted = isMuted,
            Codecs = codecs,
            Layers = layers,
        };
}
