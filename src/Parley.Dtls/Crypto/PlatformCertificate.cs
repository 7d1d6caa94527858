using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Parley.Dtls.Crypto;

/// <summary>A certificate whose signatures the platform verifies.</summary>
internal sealed class PlatformCertificate(BcTlsCrypto crypto, byte[] encoding) : BcTlsCertificate(crypto, encoding)
{
    public override TlsVerifier CreateVerifier(short signatureAlgorithm) => signatureAlgorithm == SignatureAlgorithm.ecdsa
        ? new EcdsaVerifier(SubjectPublicKeyInfo.GetDerEncoded())
        : throw new TlsFatalAlert(AlertDescription.unsupported_certificate);
}
