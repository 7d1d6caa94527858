namespace Parley.Rtc.Srtp;

/// <summary>The SRTP protection profiles, with their DTLS-SRTP numbers (RFC 5764 section 4.1.2, RFC 7714 section 14.2).</summary>
public enum SrtpProfile : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>SRTP_AES128_CM_HMAC_SHA1_80 (RFC 3711).</summary>
    Aes128CmHmacSha1Tag80 = 1,

    /// <summary>SRTP_AEAD_AES_128_GCM (RFC 7714).</summary>
    AeadAes128Gcm = 7,

    /// <summary>SRTP_AEAD_AES_256_GCM (RFC 7714).</summary>
    AeadAes256Gcm = 8,
}
