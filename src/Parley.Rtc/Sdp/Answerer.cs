using System.Diagnostics.CodeAnalysis;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>
/// Answers a client's offer at once, as the side that is ICE-lite and DTLS-passive (RFC 8829 section 5.3, RFC 9143). The answer keeps the offer's order of m-lines; what cannot be served
/// gets port 0 and leaves the bundle. Refused as a whole is an offer of which nothing can be served, or not the first of the bundle.
/// </summary>
public static class Answerer
{
    /// <summary>The canonical name of all that we send to one peer (RFC 3550 section 6.5.1).</summary>
    public const string CName = "parley";

    // Foundation 1; type preference of a host candidate (126), component 1 (RFC 8445 section 5.1.2.1).
    private const uint HostTypePreference = 126u << 24;

    // Below every kind of UDP but a relayed one (RFC 6544 section 4.2); its local preference begins with the direction: 4 is a passive host's.
    private const uint TcpTypePreference = 90u << 24;
    private const uint PassiveDirection = 4u << 13;

    /// <summary>Answers an offer; any text gives an answer or an error, never an exception.</summary>
    public static bool TryAnswer(
        string offer, AnswerSettings settings, [NotNullWhen(true)] out SdpAnswer? answer, [NotNullWhen(false)] out SdpError? error)
    {
        answer = null;
        if (!SessionDescription.TryParse(offer, settings.MaximumMedia, out SessionDescription? description, out error))
            return false;
        return TryAnswer(description, settings, out answer, out error);
    }

    /// <summary>The same for an offer that was read already.</summary>
    public static bool TryAnswer(
        SessionDescription offer, AnswerSettings settings, [NotNullWhen(true)] out SdpAnswer? answer, [NotNullWhen(false)] out SdpError? error)
    {
        answer = null;
        error = OfferCheck.Run(offer);
        if (error is not null)
            return false;
        List<(SdpMedia Offered, AcceptedMedia? Accepted)> media = AnswerMedia(offer, settings);
        List<SdpMedia> accepted = [.. media.Where(pair => pair.Accepted is not null).Select(pair => pair.Offered)];
        if (accepted.Count == 0)
        {
            error = new(SdpErrorCodes.NoCommonCodec, "No m-line can be served: offer Opus for audio; VP8, VP9, AV1 or H.264 (packetization-mode=1) for video.");
            return false;
        }

        if (offer.Bundle is [string first, ..] && !accepted.Exists(media => media.Mid == first))
        {
            error = new(
                SdpErrorCodes.FirstMediaUnusable,
                $"M-line \"{first}\" leads the bundle and cannot be served: put audio or video with a common codec first (data channels are not served).");
            return false;
        }

        if (!OfferTransport.TryRead(offer, accepted, out OfferTransport? transport, out error))
            return false;
        NegotiatedSession session = Session(settings, transport, media);
        answer = new SdpAnswer(Describe(offer, settings, session, media).ToString(), session);
        return true;
    }

    private static List<(SdpMedia Offered, AcceptedMedia? Accepted)> AnswerMedia(SessionDescription offer, AnswerSettings settings)
    {
        MediaAnswerer answerer = new(settings, new SlotSsrcs(settings, offer), IsOnePersonsPlayback(offer));
        List<(SdpMedia, AcceptedMedia?)> media = [];
        foreach (SdpMedia offered in offer.Media)
            media.Add((offered, IsWanted(offer, offered) ? answerer.TryAccept(offered) : null));
        return media;
    }

    private static bool IsWanted(SessionDescription offer, SdpMedia media) =>
        !media.IsRejected
        && media.Protocol.EndsWith("TLS/RTP/SAVPF", StringComparison.OrdinalIgnoreCase)
        && (offer.Bundle is null || offer.Bundle.Contains(media.Mid));

    // At most one audio and one video m-line to receive on: a player of one participant, whose sound and picture belong together.
    private static bool IsOnePersonsPlayback(SessionDescription offer) =>
        offer.Media.Count(media => media.Kind == MediaKind.Audio && media.Direction.HasFlag(SdpDirection.RecvOnly)) <= 1
        && offer.Media.Count(media => media.Kind == MediaKind.Video && media.Direction.HasFlag(SdpDirection.RecvOnly)) <= 1;

    private static NegotiatedSession Session(
        AnswerSettings settings, OfferTransport transport, List<(SdpMedia Offered, AcceptedMedia? Accepted)> media) => new()
        {
            RemoteUfrag = transport.Ufrag,
            RemotePassword = transport.Password,
            LocalUfrag = settings.Ufrag,
            LocalPassword = settings.Password,
            RemoteFingerprint = transport.Fingerprint,
            Media = [.. media.Where(pair => pair.Accepted is not null).Select(pair => pair.Accepted!.Negotiated)],

            // 62 bits, so that the number fits every reader's signed 64 (RFC 8829 section 5.2.1).
            SessionId = settings.Previous?.SessionId ?? settings.Entropy.NextUInt64() >> 2,
            SessionVersion = (settings.Previous?.SessionVersion ?? 0) + 1,
        };

    private static SessionDescription Describe(
        SessionDescription offer, AnswerSettings settings, NegotiatedSession session, List<(SdpMedia Offered, AcceptedMedia? Accepted)> media)
    {
        List<SdpMedia> answered = [];
        bool hasCandidates = false;
        foreach ((SdpMedia offered, AcceptedMedia? accepted) in media)
        {
            SdpMedia line = accepted?.Answer ?? MediaAnswerer.Reject(offered);
            if (accepted is not null && !hasCandidates)
            {
                line = line with { Candidates = Candidates(settings), EndOfCandidates = true };
                hasCandidates = true;
            }

            answered.Add(line);
        }

        return new SessionDescription
        {
            SessionId = session.SessionId,
            SessionVersion = session.SessionVersion,
            Bundle = offer.Bundle is null ? null : [.. offer.Bundle.Where(mid => session.Media.Any(accepted => accepted.Mid == mid))],
            IceLite = true,
            ExtmapAllowMixed = offer.ExtmapAllowMixed,
            Media = answered,
        };
    }

    private static List<SdpCandidate> Candidates(AnswerSettings settings)
    {
        List<SdpCandidate> candidates = [];
        foreach (TransportAddress address in settings.Candidates)
        {
            uint localPreference = (uint)Math.Max(0, 65535 - candidates.Count);
            candidates.Add(new SdpCandidate
            {
                Foundation = SdpNumbers.Text(candidates.Count + 1),
                Priority = HostTypePreference | (localPreference << 8) | 255,
                Address = address.ToIPAddress().ToString(),
                Port = address.Port,
            });
        }

        foreach (TransportAddress address in settings.TcpCandidates)
        {
            uint otherPreference = (uint)Math.Max(0, 8191 - candidates.Count);
            candidates.Add(new SdpCandidate
            {
                Foundation = SdpNumbers.Text(candidates.Count + 1),
                Protocol = "tcp",
                Priority = TcpTypePreference | ((PassiveDirection | otherPreference) << 8) | 255,
                Address = address.ToIPAddress().ToString(),
                Port = address.Port,
                TcpType = "passive",
            });
        }

        return candidates;
    }
}
