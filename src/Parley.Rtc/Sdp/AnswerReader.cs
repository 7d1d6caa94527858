using System.Diagnostics.CodeAnalysis;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>Reads a server's description into what a client needs: the answer to its offer, or the offer of a server that makes offers.</summary>
public static class AnswerReader
{
    /// <summary>Reads an answer's text.</summary>
    /// <param name="answer">The text.</param>
    /// <param name="ufrag">The client's own user fragment, as its offer said.</param>
    /// <param name="password">The client's own password.</param>
    /// <param name="remote">What the client needs.</param>
    /// <param name="error">Why it cannot be used.</param>
    public static bool TryRead(
        string answer, string ufrag, string password, [NotNullWhen(true)] out RemoteAnswer? remote, [NotNullWhen(false)] out SdpError? error)
    {
        remote = null;
        return SessionDescription.TryParse(answer, out SessionDescription? description, out error)
            && TryRead(description, ufrag, password, out remote, out error);
    }

    /// <summary>The same for a description that was read already.</summary>
    public static bool TryRead(
        SessionDescription description,
        string ufrag,
        string password,
        [NotNullWhen(true)] out RemoteAnswer? remote,
        [NotNullWhen(false)] out SdpError? error)
    {
        remote = null;
        error = null;
        List<SdpMedia> accepted = [.. description.Media.Where(media => media.Kind is not null && !media.IsRejected)];
        SdpMedia? first = accepted.FirstOrDefault(media => media.IceUfrag.Length > 0) ?? accepted.FirstOrDefault();
        if (first is null)
        {
            error = new(SdpErrorCodes.NoMedia, "The description accepts no audio or video m-line.");
            return false;
        }

        string remoteUfrag = first.IceUfrag.Length > 0 ? first.IceUfrag : description.IceUfrag;
        string remotePassword = first.IcePassword.Length > 0 ? first.IcePassword : description.IcePassword;
        SdpFingerprint? fingerprint = first.Fingerprints.Concat(description.Fingerprints)
            .FirstOrDefault(candidate => candidate.Algorithm == SdpFingerprint.Sha256 && candidate.Value.Length == 32);
        if (remoteUfrag.Length == 0 || remotePassword.Length == 0)
            error = new(SdpErrorCodes.IceCredentialsMissing, "The description has no a=ice-ufrag or no a=ice-pwd.");
        else if (fingerprint is null)
            error = new(SdpErrorCodes.FingerprintMissing, "The description has no a=fingerprint:sha-256.");
        if (error is not null)
            return false;
        remote = new RemoteAnswer
        {
            Session = new NegotiatedSession
            {
                RemoteUfrag = remoteUfrag,
                RemotePassword = remotePassword,
                LocalUfrag = ufrag,
                LocalPassword = password,
                RemoteFingerprint = fingerprint!.Value,
                Media = [.. accepted.Select(Read)],
                SessionId = description.SessionId,
                SessionVersion = description.SessionVersion,
            },
            Candidates = Candidates(accepted),
            Setup = first.Setup != SdpSetup.None ? first.Setup : description.Setup,
            IceLite = description.IceLite,
        };
        return true;
    }

    private static NegotiatedMedia Read(SdpMedia media)
    {
        bool publishes = media.Direction.HasFlag(SdpDirection.SendOnly);
        NegotiatedMedia negotiated = new()
        {
            Mid = media.Mid,
            Kind = media.Kind!.Value,
            Publishes = publishes,
            Receives = media.Direction.HasFlag(SdpDirection.RecvOnly),
            Codecs = [.. CodecMatcher.Match(media).Select(match => match.Codec)],
            Extensions = ExtensionMatcher.ToMap(media.Extensions),
            Rids = media.SimulcastReceive,
            ReducedSizeRtcp = media.ReducedSizeRtcp,
        };
        return publishes ? RemoteStreams.Add(negotiated, media) with { Rids = media.SimulcastReceive } : negotiated;
    }

    private static List<TransportAddress> Candidates(List<SdpMedia> accepted)
    {
        IEnumerable<SdpCandidate> usable = accepted.SelectMany(media => media.Candidates)
            .Where(candidate => candidate is { Protocol: "udp", Component: 1, TransportAddress: not null });
        return [.. usable.OrderByDescending(candidate => candidate.Priority).Select(candidate => candidate.TransportAddress!.Value).Distinct()];
    }
}
