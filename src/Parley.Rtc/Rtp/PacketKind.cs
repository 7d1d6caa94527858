namespace Parley.Rtc.Rtp;

/// <summary>What a datagram on a shared port carries (RFC 7983 section 7).</summary>
public enum PacketKind : byte
{
    /// <summary>None of the protocols of a transport: dropped.</summary>
    Unknown,

    /// <summary>STUN (first byte 0 to 3).</summary>
    Stun,

    /// <summary>DTLS (first byte 20 to 63).</summary>
    Dtls,

    /// <summary>RTP or SRTP (first byte 128 to 191).</summary>
    Rtp,

    /// <summary>RTCP or SRTCP (first byte 128 to 191 and second byte 192 to 223, RFC 5761 section 4).</summary>
    Rtcp,
}
