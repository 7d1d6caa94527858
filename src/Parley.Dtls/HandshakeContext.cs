using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Parley.Dtls.Crypto;
using Parley.Rtc.Srtp;
using SignatureAlgorithm = Org.BouncyCastle.Tls.SignatureAlgorithm;
using TlsHashAlgorithm = Org.BouncyCastle.Tls.HashAlgorithm;

namespace Parley.Dtls;

/// <summary>What both roles demand of a handshake, and what comes out of it. Used by the thread of that handshake.</summary>
internal sealed class HandshakeContext(NodeIdentity identity, DtlsOptions options, byte[] remoteFingerprint, int resendMilliseconds, DtlsStatistics statistics)
{
    /// <summary>An ECDSA certificate of the server's and AEAD only; never CBC.</summary>
    public static readonly int[] CipherSuites =
        [CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384];

    /// <summary>The signature that is made, and that browsers make.</summary>
    public static readonly SignatureAndHashAlgorithm EcdsaSha256 =
        SignatureAndHashAlgorithm.GetInstance(TlsHashAlgorithm.sha256, SignatureAlgorithm.ecdsa);

    /// <summary>The signature that is accepted beside it, of clients whose certificates are RSA.</summary>
    public static readonly SignatureAndHashAlgorithm RsaSha256 =
        SignatureAndHashAlgorithm.GetInstance(TlsHashAlgorithm.sha256, SignatureAlgorithm.rsa);

    /// <summary>Bounds the buffer that an unauthenticated length reserves.</summary>
    public const int MaximumMessageLength = 8_192;

    private bool _peerVerified;

    public PlatformTlsCrypto Crypto => identity.Crypto;

    public int ResendMilliseconds => resendMilliseconds;

    public int TimeoutMilliseconds => (int)options.HandshakeTimeout.TotalMilliseconds;

    /// <summary>The agreed profile; <see cref="SrtpProfile.None"/> until then.</summary>
    public SrtpProfile Profile { get; private set; }

    /// <summary>The keys, after the last Finished.</summary>
    public SrtpKeys? Keys { get; private set; }

    /// <summary>The reason, where one was found.</summary>
    public DtlsFailure Failure { get; private set; }

    /// <summary>Whether the peer said close_notify.</summary>
    public bool Closed { get; private set; }

    /// <summary>The profiles we offer as client.</summary>
    public UseSrtpData Offer() => new([.. options.Profiles.Select(profile => (int)profile)], []);

    /// <summary>As server, takes the first of ours that the client offers.</summary>
    public void ChooseProfile(UseSrtpData? offered)
    {
        foreach (SrtpProfile profile in options.Profiles)
        {
            if (offered is null || !offered.ProtectionProfiles.Contains((int)profile))
                continue;
            Profile = profile;
            return;
        }

        throw Fail(DtlsFailure.NoCommonProfile, AlertDescription.handshake_failure);
    }

    /// <summary>As client, takes what the server chose: exactly one of ours (RFC 5764 section 4.1.1).</summary>
    public void AcceptProfile(UseSrtpData? chosen)
    {
        if (chosen is not { ProtectionProfiles: [int profile], Mki.Length: 0 } || !options.Profiles.Contains((SrtpProfile)profile))
            throw Fail(DtlsFailure.NoCommonProfile, AlertDescription.illegal_parameter);
        Profile = (SrtpProfile)profile;
    }

    /// <summary>Ends the handshake unless the peer's certificate is the one its SDP names (RFC 8122 section 6.2).</summary>
    public void VerifyPeer(Certificate? certificate)
    {
        if (certificate is null || certificate.IsEmpty)
            throw Fail(DtlsFailure.WrongCertificate, AlertDescription.bad_certificate);
        Span<byte> fingerprint = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(certificate.GetCertificateAt(0).GetEncoded(), fingerprint);
        if (!CryptographicOperations.FixedTimeEquals(fingerprint, remoteFingerprint))
            throw Fail(DtlsFailure.WrongCertificate, AlertDescription.bad_certificate);
        _peerVerified = true;
    }

    /// <summary>Our certificate and its key.</summary>
    public TlsCredentialedSigner Credentials(TlsContext context) => new DefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context), identity.Signer, new Certificate([identity.Certificate]), EcdsaSha256);

    /// <summary>Exports the SRTP keys (RFC 5764 section 4.2). Only now: the library clears the secrets when the handshake returns.</summary>
    public void Complete(TlsContext context)
    {
        if (!_peerVerified || Profile == SrtpProfile.None)
            throw Fail(DtlsFailure.Protocol, AlertDescription.internal_error);
        byte[] material = context.ExportKeyingMaterial("EXTRACTOR-dtls_srtp", null, Profile.ExportLength());
        int key = Profile.KeyLength(), salt = Profile.SaltLength();
        byte[] clientKey = material[..key], serverKey = material[key..(2 * key)];
        byte[] clientSalt = material[(2 * key)..((2 * key) + salt)], serverSalt = material[((2 * key) + salt)..];
        CryptographicOperations.ZeroMemory(material);
        Keys = context.IsServer
            ? new SrtpKeys(Profile, serverKey, serverSalt, clientKey, clientSalt)
            : new SrtpKeys(Profile, clientKey, clientSalt, serverKey, serverSalt);
    }

    public void OnAlertRaised(short description) => statistics.CountRaised(description);

    public void OnAlertReceived(short level, short description)
    {
        statistics.CountReceived(description);
        if (description == AlertDescription.close_notify || (level == AlertLevel.fatal && Keys is not null))
            Closed = true;
        else if (level == AlertLevel.fatal && Failure == DtlsFailure.None)
            Failure = DtlsFailure.AlertReceived;
    }

    private TlsFatalAlert Fail(DtlsFailure failure, short alert)
    {
        Failure = failure;
        return new TlsFatalAlert(alert);
    }
}
