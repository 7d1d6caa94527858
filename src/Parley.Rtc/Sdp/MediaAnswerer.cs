using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;

namespace Parley.Rtc.Sdp;

/// <summary>Answers one m-line: accepts it with what both sides have, or rejects it with port 0 (RFC 8829 section 5.3.1).</summary>
internal sealed class MediaAnswerer(AnswerSettings settings, SlotSsrcs ssrcs, bool oneStream)
{
    private readonly BundleTable _table = new();

    /// <summary>The m-line of a rejection: its mid stands there, but not in the bundle.</summary>
    public static SdpMedia Reject(SdpMedia offered) => new()
    {
        Type = offered.Type,
        Port = 0,
        Protocol = offered.Protocol,
        Formats = offered.Formats,
        Mid = offered.Mid,
        Direction = SdpDirection.Inactive,
    };

    /// <summary>What both sides have; null when no codec is left.</summary>
    public AcceptedMedia? TryAccept(SdpMedia offered)
    {
        if (offered.Kind is not MediaKind kind)
            return null;
        List<CodecMatch> codecs = _table.Admit(kind, CodecMatcher.Match(offered));
        if (codecs.Count == 0)
            return null;
        List<SdpExtension> extensions = _table.Admit(ExtensionMatcher.Match(offered));
        if (!extensions.Exists(extension => ExtensionUris.KindOf(extension.Uri) == ExtensionKind.TransportSequence))
            codecs = codecs.ConvertAll(WithoutTransportFeedback);
        bool publishes = offered.Direction.HasFlag(SdpDirection.SendOnly);
        bool receives = offered.Direction.HasFlag(SdpDirection.RecvOnly);
        NegotiatedMedia negotiated = new()
        {
            Mid = offered.Mid,
            Kind = kind,
            Publishes = publishes,
            Receives = receives,
            Codecs = [.. codecs.Select(match => match.Codec)],
            Extensions = ExtensionMatcher.ToMap(extensions),
            ReducedSizeRtcp = offered.ReducedSizeRtcp,
        };
        if (publishes)
            negotiated = RemoteStreams.Add(negotiated, offered);
        if (receives)
        {
            (uint media, uint rtx) = ssrcs.Take(offered.Mid, codecs.Exists(match => match.Rtx is not null));
            negotiated = negotiated with { LocalSsrc = media, LocalRtxSsrc = rtx };
        }

        return new AcceptedMedia(negotiated, Answer(offered, negotiated, codecs, extensions));
    }

    // The feedback is about numbers that only the extension carries; GStreamer offers it without.
    private static CodecMatch WithoutTransportFeedback(CodecMatch match) => match with
    {
        Codec = match.Codec with { TransportFeedback = false },
        Offered = match.Offered with { Feedback = [.. match.Offered.Feedback.Where(message => message != "transport-cc")] },
    };

    private SdpMedia Answer(SdpMedia offered, NegotiatedMedia negotiated, List<CodecMatch> codecs, List<SdpExtension> extensions)
    {
        List<SdpCodec> answered = [];
        foreach (CodecMatch match in codecs)
        {
            answered.Add(CodecMatcher.Answer(match));
            if (match.Rtx is not null)
                answered.Add(match.Rtx with { Feedback = [] });
        }

        SdpMedia media = new()
        {
            Type = offered.Type,
            Protocol = offered.Protocol,
            Formats = [.. answered.Select(codec => SdpNumbers.Text(codec.PayloadType))],
            Mid = offered.Mid,
            Direction = SdpWords.Reverse(offered.Direction),
            RtcpMux = true,
            ReducedSizeRtcp = offered.ReducedSizeRtcp,
            ExtmapAllowMixed = offered.ExtmapAllowMixed,
            IceUfrag = settings.Ufrag,
            IcePassword = settings.Password,
            Fingerprints = [new SdpFingerprint(SdpFingerprint.Sha256, settings.Fingerprint)],
            Setup = SdpSetup.Passive,
            Codecs = answered,
            Extensions = extensions,
            Rids = [.. negotiated.Rids.Select(rid => new SdpRid(rid.Rid, IsSend: false))],
            SimulcastReceive = [.. negotiated.Rids.Select(rid => rid with { Paused = false })],
        };
        return negotiated.Receives ? WithSlot(media, negotiated) : media;
    }

    private SdpMedia WithSlot(SdpMedia media, NegotiatedMedia negotiated)
    {
        // Browsers play what shares a stream in step: right for one person's sound and picture, wrong for slots that show different people.
        string msid = oneStream ? $"parley {media.Type}" : $"slot-{media.Mid} {media.Type}-{media.Mid}";
        List<SdpSsrc> named = [new(negotiated.LocalSsrc, Answerer.CName, msid)];
        if (negotiated.LocalRtxSsrc == 0)
            return media with { Msid = msid, Ssrcs = named };
        named.Add(new SdpSsrc(negotiated.LocalRtxSsrc, Answerer.CName, msid));
        return media with
        {
            Msid = msid,
            Ssrcs = named,
            SsrcGroups = [new SdpSsrcGroup("FID", [negotiated.LocalSsrc, negotiated.LocalRtxSsrc])],
        };
    }
}
