using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using Parley.Dtls.Crypto;
using HashAlgorithm = Org.BouncyCastle.Tls.HashAlgorithm;
using SignatureAlgorithm = Org.BouncyCastle.Tls.SignatureAlgorithm;

namespace Parley.Dtls.Tests;

/// <summary>A client that does what it is told instead of what it should.</summary>
internal sealed class HostileClient() : DefaultTlsClient(new BcTlsCrypto())
{
    /// <summary>The certificate to show; none when null.</summary>
    public DtlsCertificate? Certificate { get; init; }

    /// <summary>The key to sign with, the certificate's or not.</summary>
    public ECDsa? Key { get; init; }

    /// <summary>An RSA key and certificate to show in place of <see cref="Certificate"/>.</summary>
    public (RSA Key, byte[] Certificate)? Rsa { get; init; }

    /// <summary>The profiles to offer; no extension when null.</summary>
    public int[]? Profiles { get; init; } = [7];

    public bool ExtendedMasterSecret { get; init; } = true;

    public int[] Groups { get; init; } = [NamedGroup.secp256r1];

    public override bool ShouldUseExtendedMasterSecret() => ExtendedMasterSecret;

    public override int GetHandshakeTimeoutMillis() => 5_000;

    public override int GetHandshakeResendTimeMillis() => 50;

    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        IDictionary<int, byte[]> extensions = base.GetClientExtensions();
        if (Profiles is not null)
            TlsSrtpUtilities.AddUseSrtpExtension(extensions, new UseSrtpData(Profiles, []));
        return extensions;
    }

    public override TlsAuthentication GetAuthentication() => new Authentication(this);

    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) => Groups;

    private sealed class Authentication(HostileClient client) : TlsAuthentication
    {
        public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
        {
        }

        public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest)
        {
            if (client.Rsa is { } rsa)
                return Sign(rsa.Certificate, new RsaSigner(rsa.Key), SignatureAlgorithm.rsa);
            return client.Certificate is null ? null : Sign(client.Certificate.Encoded.ToArray(), new EcdsaSigner(client.Key!), SignatureAlgorithm.ecdsa);
        }

        private DefaultTlsCredentialedSigner Sign(byte[] encoded, TlsSigner signer, short algorithm)
        {
            TlsCertificate certificate = client.Crypto.CreateCertificate(encoded);
            return new DefaultTlsCredentialedSigner(
                new TlsCryptoParameters(client.m_context),
                signer,
                new Certificate([certificate]),
                SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.sha256, algorithm));
        }
    }
}
