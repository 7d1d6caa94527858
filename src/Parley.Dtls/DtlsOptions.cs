using Parley.Rtc.Srtp;

namespace Parley.Dtls;

/// <summary>What bounds the handshakes of a node.</summary>
public sealed record DtlsOptions
{
    /// <summary>Handshakes under way at once; each has a thread, so this bounds them too.</summary>
    public int MaximumHandshakes { get; init; } = 256;

    /// <summary>Time from the start of a handshake to its failure.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The SRTP profiles that may be negotiated, ours first: the server chooses by this order, never by the client's.</summary>
    public IReadOnlyList<SrtpProfile> Profiles { get; init; } =
        [SrtpProfile.AeadAes128Gcm, SrtpProfile.AeadAes256Gcm, SrtpProfile.Aes128CmHmacSha1Tag80];
}
