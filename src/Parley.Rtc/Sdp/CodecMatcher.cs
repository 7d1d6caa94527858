using System.Globalization;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>
/// Finds the codecs of an m-line that Parley forwards, in our order: Opus, RED; VP8 (every browser sends simulcast with it), VP9, AV1, H.264. Each kind and profile once, with its RTX.
/// Forward error correction is not taken.
/// </summary>
internal static class CodecMatcher
{
    // Payload types 64 to 95 look like RTCP when both share a port (RFC 5761 section 4).
    private const byte FirstAmbiguous = 64;
    private const byte LastAmbiguous = 95;

    private static readonly string[] Feedback = ["nack", "nack pli", "ccm fir", "transport-cc"];

    public static List<CodecMatch> Match(SdpMedia media)
    {
        List<CodecMatch> matches = [];
        foreach (SdpCodec offered in media.Codecs)
        {
            if (TryIdentify(media, offered, out CodecKind kind, out int compatibility)
                && !matches.Exists(match => match.Codec.Kind == kind && match.Codec.Compatibility == compatibility))
            {
                matches.Add(Make(media, offered, kind, compatibility));
            }
        }

        int opus = matches.FindIndex(match => match.Codec.Kind == CodecKind.Opus);
        matches.RemoveAll(match => match.Codec.Kind == CodecKind.Red && !Wraps(match.Offered, opus < 0 ? null : matches[opus].Offered));
        return [.. matches.OrderBy(match => Rank(match.Codec.Kind)).ThenBy(match => match.Codec.Compatibility)];
    }

    /// <summary>What our answer says of a codec: the same payload type, and only the feedback that we give and take.</summary>
    public static SdpCodec Answer(CodecMatch match) => match.Offered with
    {
        Feedback = [.. Feedback.Where(match.Offered.Feedback.Contains)],
        FormatParameters = AnswerParameters(match),
    };

    private static CodecMatch Make(SdpMedia media, SdpCodec offered, CodecKind kind, int compatibility)
    {
        bool nack = offered.Feedback.Contains("nack");
        SdpCodec? rtx = nack ? media.Codecs.FirstOrDefault(codec => Repairs(codec, offered)) : null;
        NegotiatedCodec codec = new()
        {
            Kind = kind,
            PayloadType = offered.PayloadType,
            ClockRate = offered.ClockRate,
            Channels = media.Kind == MediaKind.Audio ? Math.Max(1, offered.Channels) : 0,
            FormatParameters = offered.FormatParameters,
            Compatibility = compatibility,
            RtxPayloadType = rtx?.PayloadType,
            Nack = nack,
            PictureLossIndication = offered.Feedback.Contains("nack pli"),
            FullIntraRequest = offered.Feedback.Contains("ccm fir"),
            TransportFeedback = offered.Feedback.Contains("transport-cc"),
        };
        return new CodecMatch(codec, offered, rtx);
    }

    private static bool TryIdentify(SdpMedia media, SdpCodec codec, out CodecKind kind, out int compatibility)
    {
        compatibility = 0;
        kind = CodecKind.Unknown;
        if (IsAmbiguous(codec.PayloadType))
            return false;
        if (media.Kind == MediaKind.Audio)
        {
            bool isWide = codec.ClockRate == 48_000;
            kind = isWide && codec.Channels == 2 && codec.Is("opus") ? CodecKind.Opus
                : isWide && codec.Is("red") ? CodecKind.Red : CodecKind.Unknown;
        }
        else if (codec.ClockRate == 90_000)
        {
            kind = IdentifyVideo(codec, ref compatibility);
        }

        return kind != CodecKind.Unknown;
    }

    private static CodecKind IdentifyVideo(SdpCodec codec, ref int compatibility)
    {
        if (codec.Is("VP8"))
            return CodecKind.Vp8;
        if (codec.Is("VP9"))
        {
            compatibility = Number(codec.Parameter("profile-id"));
            return compatibility is 0 or 2 ? CodecKind.Vp9 : CodecKind.Unknown;
        }

        if (codec.Is("AV1"))
        {
            compatibility = Number(codec.Parameter("profile"));
            return compatibility is >= 0 and <= 2 ? CodecKind.Av1 : CodecKind.Unknown;
        }

        if (!codec.Is("H264") || codec.Parameter("packetization-mode") != "1")
            return CodecKind.Unknown;
        H264Profile profile = H264Profiles.Parse(codec.Parameter("profile-level-id"));
        compatibility = ((int)profile << 1) | 1;
        return profile == H264Profile.Unknown ? CodecKind.Unknown : CodecKind.H264;
    }

    private static string AnswerParameters(CodecMatch match) => match.Codec.Kind switch
    {
        CodecKind.Opus => WithForwardErrorCorrection(match.Offered),
        CodecKind.H264 => $"level-asymmetry-allowed=1;packetization-mode=1;profile-level-id={match.Offered.Parameter("profile-level-id") ?? "42e01f"}",
        CodecKind.Vp9 => $"profile-id={match.Codec.Compatibility}",
        CodecKind.Vp8 => "",
        _ => match.Offered.FormatParameters,
    };

    // In-band FEC costs nothing while there is no loss, and no subscriber can ask the publisher for it later.
    private static string WithForwardErrorCorrection(SdpCodec opus) =>
        opus.Parameter("useinbandfec") is not null ? opus.FormatParameters
        : opus.FormatParameters.Length == 0 ? "useinbandfec=1" : opus.FormatParameters + ";useinbandfec=1";

    private static bool Repairs(SdpCodec rtx, SdpCodec codec) =>
        rtx.Is("rtx") && rtx.ClockRate == codec.ClockRate && !IsAmbiguous(rtx.PayloadType)
        && rtx.Parameter("apt") is string apt && byte.TryParse(apt, out byte payloadType) && payloadType == codec.PayloadType;

    // RED carries payloads of the types that its format parameters list (RFC 2198 section 5): all must be the one Opus.
    private static bool Wraps(SdpCodec red, SdpCodec? opus)
    {
        if (opus is null || red.FormatParameters.Length == 0)
            return false;
        foreach (Range range in red.FormatParameters.AsSpan().Split('/'))
        {
            if (!byte.TryParse(red.FormatParameters.AsSpan(range), out byte payloadType) || payloadType != opus.PayloadType)
                return false;
        }

        return true;
    }

    private static bool IsAmbiguous(byte payloadType) => payloadType is >= FirstAmbiguous and <= LastAmbiguous;

    // A missing parameter is 0, an unreadable one never matches.
    private static int Number(string? text) =>
        text is null ? 0 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;

    private static int Rank(CodecKind kind) => kind switch
    {
        CodecKind.Opus => 0,
        CodecKind.Red => 1,
        CodecKind.Vp8 => 2,
        CodecKind.Vp9 => 3,
        CodecKind.Av1 => 4,
        _ => 5,
    };
}
