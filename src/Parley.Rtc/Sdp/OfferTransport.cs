using System.Diagnostics.CodeAnalysis;

namespace Parley.Rtc.Sdp;

/// <summary>What an offer says of the one transport: whose credentials, which certificate. Reads it from the accepted m-lines and from the session's own lines.</summary>
internal sealed record OfferTransport(string Ufrag, string Password, byte[] Fingerprint)
{
    public static bool TryRead(
        SessionDescription offer,
        IReadOnlyList<SdpMedia> accepted,
        [NotNullWhen(true)] out OfferTransport? transport,
        [NotNullWhen(false)] out SdpError? error)
    {
        transport = null;
        if (offer.IceLite)
        {
            error = new(SdpErrorCodes.IceLiteOffer, "The offer is ICE-lite and so is this server: one side must send the connectivity checks.");
            return false;
        }

        (string ufrag, string password) = Credentials(offer, accepted);
        byte[]? fingerprint = null;
        error = CheckCredentials(ufrag, password) ?? CheckMedia(offer, accepted) ?? ReadFingerprint(offer, accepted, out fingerprint);
        if (error is not null)
            return false;
        transport = new OfferTransport(ufrag, password, fingerprint!);
        return true;
    }

    // A bundled m-line may leave the transport to the first one.
    private static (string Ufrag, string Password) Credentials(SessionDescription offer, IReadOnlyList<SdpMedia> accepted)
    {
        foreach (SdpMedia media in accepted.Concat(offer.Media))
        {
            if (media.IceUfrag.Length > 0)
                return (media.IceUfrag, media.IcePassword.Length > 0 ? media.IcePassword : offer.IcePassword);
        }

        return (offer.IceUfrag, offer.IcePassword);
    }

    private static SdpError? CheckCredentials(string ufrag, string password)
    {
        if (ufrag.Length == 0 || password.Length == 0)
            return new(SdpErrorCodes.IceCredentialsMissing, "The offer has no a=ice-ufrag or no a=ice-pwd.");
        bool fits = ufrag.Length is >= 4 and <= 256 && password.Length is >= 22 and <= 256 && IsToken(ufrag) && IsToken(password);
        return fits ? null : new(
            SdpErrorCodes.IceCredentialsMissing,
            "a=ice-ufrag must have 4 to 256 and a=ice-pwd 22 to 256 characters without blanks or colons (RFC 8839 section 5.4).");
    }

    private static bool IsToken(string text)
    {
        foreach (char letter in text)
        {
            if (letter is <= ' ' or > '~' or ':')
                return false;
        }

        return true;
    }

    private static SdpError? CheckMedia(SessionDescription offer, IReadOnlyList<SdpMedia> accepted)
    {
        foreach (SdpMedia media in accepted)
        {
            if (!media.RtcpMux)
                return new(SdpErrorCodes.RtcpMuxMissing, $"M-line \"{media.Mid}\" has no a=rtcp-mux: RTP and RTCP share one port here.");
            SdpSetup setup = media.Setup != SdpSetup.None ? media.Setup : offer.Setup;
            if (setup is SdpSetup.Passive or SdpSetup.HoldConn)
            {
                return new(
                    SdpErrorCodes.DtlsRole,
                    $"M-line \"{media.Mid}\" has a=setup:{SdpWords.Of(setup)}: the server is the DTLS server, so offer a=setup:actpass or a=setup:active.");
            }
        }

        return null;
    }

    private static SdpError? ReadFingerprint(SessionDescription offer, IReadOnlyList<SdpMedia> accepted, out byte[]? fingerprint)
    {
        fingerprint = null;
        foreach (SdpMedia media in accepted)
        {
            foreach (SdpFingerprint candidate in media.Fingerprints.Count > 0 ? media.Fingerprints : offer.Fingerprints)
            {
                if (candidate.Algorithm != SdpFingerprint.Sha256 || candidate.Value.Length != 32)
                    continue;
                fingerprint ??= candidate.Value;
                if (!fingerprint.AsSpan().SequenceEqual(candidate.Value))
                    return new(SdpErrorCodes.FingerprintAmbiguous, "The offer names more than one SHA-256 certificate fingerprint; there is one transport.");
            }
        }

        return fingerprint is not null
            ? null
            : new(SdpErrorCodes.FingerprintMissing, "The offer has no a=fingerprint:sha-256: media is encrypted with DTLS-SRTP only.");
    }
}
