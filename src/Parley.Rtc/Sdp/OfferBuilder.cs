using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;

namespace Parley.Rtc.Sdp;

/// <summary>
/// Builds the offers of clients that are no browsers: m-lines are added in order, then <see cref="Build"/> gives the description. Payload types are Opus 111, video 96, its RTX 97;
/// extension ids are those of <see cref="ExtensionKind"/>.
/// </summary>
public sealed class OfferBuilder(OfferSettings settings)
{
    /// <summary>Opus's payload type.</summary>
    public const byte AudioPayloadType = 111;

    /// <summary>Video's payload type.</summary>
    public const byte VideoPayloadType = 96;

    /// <summary>The payload type of video's retransmissions.</summary>
    public const byte VideoRtxPayloadType = 97;

    private readonly List<SdpMedia> _media = [];
    private readonly ulong _sessionId = settings.Entropy.NextUInt64() >> 2;

    /// <summary>An offer that publishes (WHIP): audio, video or both; with RIDs, video is simulcast of these layers from the lowest.</summary>
    public static SessionDescription Publish(OfferSettings settings, bool audio, bool video, params IReadOnlyList<string> rids)
    {
        OfferBuilder builder = new(settings);
        if (audio)
            builder.AddAudio(SdpDirection.SendOnly);
        if (video)
            builder.AddVideo(SdpDirection.SendOnly, rids);
        return builder.Build();
    }

    /// <summary>An offer that receives (WHEP): so many audio and video m-lines.</summary>
    public static SessionDescription Play(OfferSettings settings, int audio, int video)
    {
        OfferBuilder builder = new(settings);
        for (int i = 0; i < audio; i++)
            builder.AddAudio(SdpDirection.RecvOnly);
        for (int i = 0; i < video; i++)
            builder.AddVideo(SdpDirection.RecvOnly);
        return builder.Build();
    }

    /// <summary>Adds an audio m-line; one that sends names its SSRC.</summary>
    public OfferBuilder AddAudio(SdpDirection direction)
    {
        SdpCodec opus = new()
        {
            PayloadType = AudioPayloadType,
            Name = "opus",
            ClockRate = 48_000,
            Channels = 2,
            FormatParameters = "minptime=10;useinbandfec=1",
            Feedback = settings.TransportSequence ? ["transport-cc"] : [],
        };
        SdpMedia media = Line("audio", direction, [opus], ExtensionKind.AudioLevel);
        if (direction.HasFlag(SdpDirection.SendOnly))
            media = media with { Ssrcs = [new SdpSsrc(DrawSsrc(), "client")] };
        _media.Add(media);
        return this;
    }

    /// <summary>Adds a video m-line; one that sends names its SSRCs (media, then RTX), or with RIDs its layers instead.</summary>
    public OfferBuilder AddVideo(SdpDirection direction, params IReadOnlyList<string> rids)
    {
        List<SdpCodec> codecs = [Video()];
        if (settings.Rtx)
        {
            codecs.Add(new SdpCodec
            {
                PayloadType = VideoRtxPayloadType,
                Name = "rtx",
                ClockRate = 90_000,
                FormatParameters = $"apt={VideoPayloadType}",
            });
        }

        SdpMedia media = rids.Count > 0
            ? Simulcast(Line("video", direction, codecs, ExtensionKind.Rid, ExtensionKind.RepairedRid), rids)
            : Line("video", direction, codecs);
        if (rids.Count == 0 && direction.HasFlag(SdpDirection.SendOnly))
            media = WithSsrcs(media);
        _media.Add(media);
        return this;
    }

    /// <summary>The offer.</summary>
    public SessionDescription Build() => new()
    {
        SessionId = _sessionId,
        SessionVersion = 1,
        Bundle = [.. _media.Select(media => media.Mid)],
        ExtmapAllowMixed = true,
        Media = [.. _media],
    };

    private static SdpMedia Simulcast(SdpMedia media, IReadOnlyList<string> rids) => media with
    {
        Rids = [.. rids.Select(rid => new SdpRid(rid, IsSend: true))],
        SimulcastSend = [.. rids.Select(rid => new NegotiatedRid(rid, Paused: false))],
    };

    private SdpMedia WithSsrcs(SdpMedia media)
    {
        uint ssrc = DrawSsrc();
        if (!settings.Rtx)
            return media with { Ssrcs = [new SdpSsrc(ssrc, "client")] };
        uint rtx = DrawSsrc();
        return media with
        {
            Ssrcs = [new SdpSsrc(ssrc, "client"), new SdpSsrc(rtx, "client")],
            SsrcGroups = [new SdpSsrcGroup("FID", [ssrc, rtx])],
        };
    }

    private SdpCodec Video()
    {
        (string name, string parameters) = settings.VideoCodec switch
        {
            CodecKind.Vp9 => ("VP9", "profile-id=0"),
            CodecKind.Av1 => ("AV1", "profile=0"),
            CodecKind.H264 => ("H264", "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f"),
            _ => ("VP8", ""),
        };
        List<string> feedback = ["nack", "nack pli", "ccm fir"];
        if (settings.TransportSequence)
            feedback.Add("transport-cc");
        return new SdpCodec
        {
            PayloadType = VideoPayloadType,
            Name = name,
            ClockRate = 90_000,
            FormatParameters = parameters,
            Feedback = feedback,
        };
    }

    private SdpMedia Line(string type, SdpDirection direction, IReadOnlyList<SdpCodec> codecs, params ReadOnlySpan<ExtensionKind> extra)
    {
        List<ExtensionKind> extensions = [ExtensionKind.Mid, .. extra];
        if (settings.TransportSequence)
            extensions.Add(ExtensionKind.TransportSequence);
        return new SdpMedia
        {
            Type = type,
            Formats = [.. codecs.Select(codec => SdpNumbers.Text(codec.PayloadType))],
            Mid = SdpNumbers.Text(_media.Count),
            Direction = direction,
            RtcpMux = true,
            ReducedSizeRtcp = true,
            IceUfrag = settings.Ufrag,
            IcePassword = settings.Password,
            Fingerprints = [new SdpFingerprint(SdpFingerprint.Sha256, settings.Fingerprint)],
            Setup = SdpSetup.ActPass,
            Codecs = codecs,
            Extensions = [.. extensions.Select(kind => new SdpExtension((byte)kind, ExtensionUris.Of(kind)))],
        };
    }

    private uint DrawSsrc()
    {
        uint ssrc;
        do
            ssrc = settings.Entropy.NextUInt32();
        while (ssrc == 0 || _media.Exists(media => media.Ssrcs.Any(taken => taken.Ssrc == ssrc)));
        return ssrc;
    }
}
