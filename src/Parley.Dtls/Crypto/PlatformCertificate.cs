using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Parley.Dtls.Crypto;

/// <summary>A certificate whose signatures the platform verifies.</summary>
internal sealed class PlatformCertificate(BcTlsCrypto crypto, byte[] encoding) : BcTlsCertificate(crypto, encoding)
{
    public override TlsVerifier CreateVerifier(short signatureAlgorithm) => signatureAlgorithm switch
    {
        SignatureAlgorithm.ecdsa => new EcdsaVerifier(SubjectPublicKeyInfo.GetDerEncoded()),
        SignatureAlgorithm.rsa => new RsaVerifier(SubjectPublicKeyInfo.GetDerEncoded()),
        _ => throw new TlsFatalAlert(AlertDescription.unsupported_certificate),
    };
}
