using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>One m-line with the attributes that WebRTC uses; others are not kept (RFC 8866 section 5.14, RFC 8829).</summary>
public sealed record SdpMedia
{
    /// <summary><c>audio</c>, <c>video</c>, <c>application</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The port: 0 for a rejected m-line (or one with <see cref="BundleOnly"/>), else usually 9.</summary>
    public int Port { get; init; } = 9;

    /// <summary>The protocol: <c>UDP/TLS/RTP/SAVPF</c>.</summary>
    public string Protocol { get; init; } = "UDP/TLS/RTP/SAVPF";

    /// <summary>The formats as written, best first: payload types, or a name.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>The media identification; empty where none is written.</summary>
    public string Mid { get; init; } = "";

    /// <summary>Which way media flows.</summary>
    public SdpDirection Direction { get; init; } = SdpDirection.SendRecv;

    /// <summary>Whether port 0 means "only within the bundle" and not "rejected" (RFC 9143 section 6).</summary>
    public bool BundleOnly { get; init; }

    /// <summary>Whether RTCP shares the port (RFC 5761).</summary>
    public bool RtcpMux { get; init; }

    /// <summary>Whether RTCP may be of reduced size (RFC 5506).</summary>
    public bool ReducedSizeRtcp { get; init; }

    /// <summary>Whether one- and two-byte header extensions may be mixed (RFC 8285 section 4.1.2).</summary>
    public bool ExtmapAllowMixed { get; init; }

    /// <summary>ICE user fragment; empty where none is written.</summary>
    public string IceUfrag { get; init; } = "";

    /// <summary>ICE password; empty where none is written.</summary>
    public string IcePassword { get; init; } = "";

    /// <summary>Fingerprints of the certificate.</summary>
    public IReadOnlyList<SdpFingerprint> Fingerprints { get; init; } = [];

    /// <summary>Who begins DTLS.</summary>
    public SdpSetup Setup { get; init; }

    /// <summary>The author's candidates.</summary>
    public IReadOnlyList<SdpCandidate> Candidates { get; init; } = [];

    /// <summary>Whether these are all candidates (RFC 8840).</summary>
    public bool EndOfCandidates { get; init; }

    /// <summary>The payload types that have an <c>a=rtpmap</c>, in the order of <see cref="Formats"/>.</summary>
    public IReadOnlyList<SdpCodec> Codecs { get; init; } = [];

    /// <summary>The header extensions.</summary>
    public IReadOnlyList<SdpExtension> Extensions { get; init; } = [];

    /// <summary>The RTP stream ids.</summary>
    public IReadOnlyList<SdpRid> Rids { get; init; } = [];

    /// <summary>The simulcast streams that the author sends, the first of alternatives each (RFC 8853).</summary>
    public IReadOnlyList<NegotiatedRid> SimulcastSend { get; init; } = [];

    /// <summary>The simulcast streams that the author receives.</summary>
    public IReadOnlyList<NegotiatedRid> SimulcastReceive { get; init; } = [];

    /// <summary>Stream and track id (RFC 8830); empty where none is written.</summary>
    public string Msid { get; init; } = "";

    /// <summary>The SSRCs that are named.</summary>
    public IReadOnlyList<SdpSsrc> Ssrcs { get; init; } = [];

    /// <summary>The groups of SSRCs.</summary>
    public IReadOnlyList<SdpSsrcGroup> SsrcGroups { get; init; } = [];

    /// <summary>The port of an SCTP association (RFC 8841); 0 without.</summary>
    public int SctpPort { get; init; }

    /// <summary>Whether the m-line is off: port 0 without <see cref="BundleOnly"/>.</summary>
    public bool IsRejected => Port == 0 && !BundleOnly;

    /// <summary>Audio or video; null for anything else.</summary>
    public MediaKind? Kind => Type switch { "audio" => MediaKind.Audio, "video" => MediaKind.Video, _ => null };
}
