using Parley.Rtc.Primitives;

namespace Parley.Rtc.Sdp;

/// <summary>One codec of an accepted m-line, with the peer's payload types.</summary>
public sealed record NegotiatedCodec
{
    /// <summary>Which codec.</summary>
    public required CodecKind Kind { get; init; }

    /// <summary>The payload type, 0 to 127.</summary>
    public required byte PayloadType { get; init; }

    /// <summary>The RTP clock, Hz.</summary>
    public required int ClockRate { get; init; }

    /// <summary>Channels of audio; 0 for video.</summary>
    public int Channels { get; init; }

    /// <summary>The format parameters as the peer wrote them (<c>a=fmtp</c>), empty without.</summary>
    public string FormatParameters { get; init; } = "";

    /// <summary>
    /// What two peers must share for one's packets to suit the other beside <see cref="Kind"/>: H.264's profile and packetization mode, VP9's and AV1's profile; 0 elsewhere.
    /// A slot takes a track when the kinds and these are equal.
    /// </summary>
    public int Compatibility { get; init; }

    /// <summary>The payload type of its retransmissions (RFC 4588); null when RTX was not agreed.</summary>
    public byte? RtxPayloadType { get; init; }

    /// <summary>Whether generic NACK was agreed (RFC 4585 section 6.2.1).</summary>
    public bool Nack { get; init; }

    /// <summary>Whether picture loss indication was agreed (RFC 4585 section 6.3.1).</summary>
    public bool PictureLossIndication { get; init; }

    /// <summary>Whether full intra request was agreed (RFC 5104 section 4.3.1).</summary>
    public bool FullIntraRequest { get; init; }

    /// <summary>Whether transport-wide feedback was agreed.</summary>
    public bool TransportFeedback { get; init; }
}
