namespace Parley.Rtc.Sdp;

/// <summary>The codes of <see cref="SdpError"/>. They do not change: interfaces show them.</summary>
public static class SdpErrorCodes
{
    /// <summary>The text is longer than <see cref="SdpLimits.MaximumLength"/>.</summary>
    public const string TooLarge = "sdp-too-large";

    /// <summary>More lines than <see cref="SdpLimits.MaximumLines"/>.</summary>
    public const string TooManyLines = "sdp-too-many-lines";

    /// <summary>More m-lines than allowed.</summary>
    public const string TooManyMedia = "sdp-too-many-media";

    /// <summary>No session description, or an m-line that cannot be read.</summary>
    public const string Malformed = "sdp-malformed";

    /// <summary>No m-line at all.</summary>
    public const string NoMedia = "sdp-no-media";

    /// <summary>An m-line without, or with an unusable <c>a=mid</c>.</summary>
    public const string MidInvalid = "sdp-mid-invalid";

    /// <summary>Two m-lines with the same <c>a=mid</c>.</summary>
    public const string MidDuplicate = "sdp-mid-duplicate";

    /// <summary>Several m-lines without <c>a=group:BUNDLE</c>.</summary>
    public const string BundleMissing = "sdp-bundle-missing";

    /// <summary>The BUNDLE group names an m-line that does not exist.</summary>
    public const string BundleUnknownMid = "sdp-bundle-unknown-mid";

    /// <summary>An m-line without <c>a=rtcp-mux</c>.</summary>
    public const string RtcpMuxMissing = "sdp-rtcp-mux-missing";

    /// <summary>No usable <c>a=ice-ufrag</c> and <c>a=ice-pwd</c>.</summary>
    public const string IceCredentialsMissing = "sdp-ice-credentials-missing";

    /// <summary>The peer is ICE-lite, as we are.</summary>
    public const string IceLiteOffer = "sdp-ice-lite-offer";

    /// <summary>No <c>a=fingerprint:sha-256</c>.</summary>
    public const string FingerprintMissing = "sdp-fingerprint-missing";

    /// <summary>More than one SHA-256 fingerprint.</summary>
    public const string FingerprintAmbiguous = "sdp-fingerprint-ambiguous";

    /// <summary>The peer wants to be the DTLS server.</summary>
    public const string DtlsRole = "sdp-dtls-role";

    /// <summary>No m-line can be served.</summary>
    public const string NoCommonCodec = "sdp-no-common-codec";

    /// <summary>The first m-line of the bundle cannot be served, though others can: it carries the transport (RFC 9143 section 7.3.1), and Chromium fails without it.</summary>
    public const string FirstMediaUnusable = "sdp-first-media-unusable";
}
