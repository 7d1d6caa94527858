namespace Parley.Rtc.Primitives;

/// <summary>The codecs whose payloads Parley can forward.</summary>
public enum CodecKind : byte
{
    /// <summary>Not known here: never negotiated.</summary>
    Unknown,

    /// <summary>Opus (RFC 7587).</summary>
    Opus,

    /// <summary>Redundant audio around Opus (RFC 2198), passed through.</summary>
    Red,

    /// <summary>VP8 (RFC 7741).</summary>
    Vp8,

    /// <summary>VP9 (RFC 9628).</summary>
    Vp9,

    /// <summary>H.264 (RFC 6184).</summary>
    H264,

    /// <summary>AV1 (AV1 RTP payload specification 1.0).</summary>
    Av1,
}
