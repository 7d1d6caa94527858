namespace Parley.Rtc.Rtp;

/// <summary>The RTP header extensions that Parley understands, whatever id a peer gave them.</summary>
public enum ExtensionKind : byte
{
    /// <summary>No extension that is known here.</summary>
    None,

    /// <summary>Media identification, <c>urn:ietf:params:rtp-hdrext:sdes:mid</c> (RFC 9143 section 15).</summary>
    Mid,

    /// <summary>RTP stream id, <c>urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id</c> (RFC 8852).</summary>
    Rid,

    /// <summary>Repaired RTP stream id, <c>urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id</c> (RFC 8852).</summary>
    RepairedRid,

    /// <summary>Transport-wide sequence number (draft-holmer-rmcat-transport-wide-cc-extensions-01).</summary>
    TransportSequence,

    /// <summary>Client-to-mixer audio level, <c>urn:ietf:params:rtp-hdrext:ssrc-audio-level</c> (RFC 6464).</summary>
    AudioLevel,

    /// <summary>AV1 dependency descriptor (AV1 RTP payload specification, appendix A), used with every codec.</summary>
    DependencyDescriptor,

    /// <summary>Absolute capture time, <c>http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time</c>.</summary>
    AbsoluteCaptureTime,

    /// <summary>Video layers allocation, <c>http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00</c>.</summary>
    VideoLayersAllocation,

    /// <summary>Playout delay, <c>http://www.webrtc.org/experiments/rtp-hdrext/playout-delay</c>.</summary>
    PlayoutDelay,

    /// <summary>Video orientation, <c>urn:3gpp:video-orientation</c> (3GPP TS 26.114).</summary>
    VideoOrientation,
}
