namespace Parley.Rtc.Srtp;

/// <summary>What became of a received SRTP or SRTCP packet.</summary>
public enum SrtpResult : byte
{
    /// <summary>Authentic, new and decrypted.</summary>
    Ok,

    /// <summary>Too short for its header, its tag or its index.</summary>
    Malformed,

    /// <summary>Its index was seen before (RFC 3711 section 3.3.2).</summary>
    Replayed,

    /// <summary>Its index is further back than the replay window reaches.</summary>
    TooOld,

    /// <summary>The tag does not match: not of this peer, or altered on the way. The bytes of the packet are undefined now.</summary>
    NotAuthentic,

    /// <summary>Of an unknown SSRC, while as many streams are known as this association may have.</summary>
    TooManyStreams,
}
