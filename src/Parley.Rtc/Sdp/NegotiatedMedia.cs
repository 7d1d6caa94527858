using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;

namespace Parley.Rtc.Sdp;

/// <summary>One accepted m-line.</summary>
public sealed record NegotiatedMedia
{
    /// <summary>The m-line's <c>a=mid</c>.</summary>
    public required string Mid { get; init; }

    /// <summary>Audio or video.</summary>
    public required MediaKind Kind { get; init; }

    /// <summary>Whether the peer sends on this m-line: a track is published (the peer's direction is sendonly or sendrecv).</summary>
    public required bool Publishes { get; init; }

    /// <summary>Whether the peer receives on this m-line: it is a slot (the peer's direction is recvonly or sendrecv).</summary>
    public required bool Receives { get; init; }

    /// <summary>The codecs both sides have, in the answer's order; RTX is folded into the codec that it repairs.</summary>
    public required IReadOnlyList<NegotiatedCodec> Codecs { get; init; }

    /// <summary>The header extensions both sides have, with the peer's ids.</summary>
    public required ExtensionMap Extensions { get; init; }

    /// <summary>RTP stream ids that the peer publishes, from the lowest layer to the highest as listed; empty without simulcast (RFC 8853).</summary>
    public IReadOnlyList<NegotiatedRid> Rids { get; init; } = [];

    /// <summary>SSRCs that the offer named for the published track: the media SSRC first; empty when the offer names none.</summary>
    public IReadOnlyList<uint> RemoteSsrcs { get; init; } = [];

    /// <summary>The SSRC of the peer's RTX stream for the first of <see cref="RemoteSsrcs"/> (<c>a=ssrc-group:FID</c>, RFC 4588 section 8.8); 0 when none is named.</summary>
    public uint RemoteRtxSsrc { get; init; }

    /// <summary>The SSRC that we send with in this slot; 0 when <see cref="Receives"/> is false.</summary>
    public uint LocalSsrc { get; init; }

    /// <summary>The SSRC of our retransmissions in this slot; 0 when RTX was not agreed.</summary>
    public uint LocalRtxSsrc { get; init; }

    /// <summary>Whether reduced-size RTCP was agreed (RFC 5506).</summary>
    public bool ReducedSizeRtcp { get; init; }
}
