using Parley.Rtc.Primitives;
using Parley.Rtc.Sdp;

namespace Parley.Sfu.Relays;

/// <summary>One codec of an offered source: what must match to forward it. The payload types on a link follow from its place in the list.</summary>
/// <param name="Kind">Which codec.</param>
/// <param name="ClockRate">The RTP clock, Hz.</param>
/// <param name="Channels">Channels of audio; 0 for video.</param>
/// <param name="Compatibility">What must be equal beside the kind (<see cref="NegotiatedCodec.Compatibility"/>).</param>
public readonly record struct RelayCodec(CodecKind Kind, int ClockRate, byte Channels, int Compatibility)
{
    // The dynamic range (RFC 3551 section 6): two for each codec.
    private const byte FirstPayloadType = 96;

    /// <summary>Sound or pictures.</summary>
    public MediaKind Media => Kind is CodecKind.Opus or CodecKind.Red ? MediaKind.Audio : MediaKind.Video;

    /// <summary>Describes a publisher's codec.</summary>
    public static RelayCodec Of(NegotiatedCodec codec) => new(codec.Kind, codec.ClockRate, (byte)codec.Channels, codec.Compatibility);

    /// <summary>The codec as both ends of a link agree on it, at a place in the list.</summary>
    public NegotiatedCodec At(int index)
    {
        bool isVideo = Media == MediaKind.Video;
        byte payloadType = (byte)(FirstPayloadType + (index * 2));
        return new NegotiatedCodec
        {
            Kind = Kind,
            PayloadType = payloadType,
            ClockRate = ClockRate,
            Channels = Channels,
            Compatibility = Compatibility,
            RtxPayloadType = isVideo ? (byte)(payloadType + 1) : null,
            Nack = isVideo,
            PictureLossIndication = isVideo,
        };
    }
}
