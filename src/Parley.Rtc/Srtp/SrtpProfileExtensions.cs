namespace Parley.Rtc.Srtp;

/// <summary>The sizes that a protection profile prescribes.</summary>
public static class SrtpProfileExtensions
{
    /// <summary>Length of the master key in bytes: 16 or 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not a profile.</exception>
    public static int KeyLength(this SrtpProfile profile) => profile switch
    {
        SrtpProfile.AeadAes128Gcm or SrtpProfile.Aes128CmHmacSha1Tag80 => 16,
        SrtpProfile.AeadAes256Gcm => 32,
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };

    /// <summary>Length of the master salt in bytes: 12 for the AEAD profiles (RFC 7714 section 12), else 14.</summary>
    public static int SaltLength(this SrtpProfile profile) => profile == SrtpProfile.Aes128CmHmacSha1Tag80 ? 14 : 12;

    /// <summary>Bytes that DTLS-SRTP exports for both directions: client key, server key, client salt, server salt (RFC 5764 section 4.2).</summary>
    public static int ExportLength(this SrtpProfile profile) => 2 * (profile.KeyLength() + profile.SaltLength());

    /// <summary>Bytes that protecting adds to an RTP packet: the tag.</summary>
    public static int RtpOverhead(this SrtpProfile profile) => profile == SrtpProfile.Aes128CmHmacSha1Tag80 ? 10 : 16;

    /// <summary>Bytes that protecting adds to an RTCP packet: the tag, and E bit with index.</summary>
    public static int RtcpOverhead(this SrtpProfile profile) => profile.RtpOverhead() + 4;
}
