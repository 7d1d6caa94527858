using Org.BouncyCastle.Crypto.Prng;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Parley.Dtls.Crypto;

/// <summary>
/// The DTLS library's cryptography with .NET's ECDH and ECDSA under it: a seventh of the garbage, and the node's key stays in the platform's object.
/// Without state of its own, so one for all handshakes.
/// </summary>
internal sealed class PlatformTlsCrypto() : BcTlsCrypto(new SecureRandom(new CryptoApiRandomGenerator()))
{
    public override TlsECDomain CreateECDomain(TlsECConfig ecConfig) => ecConfig.NamedGroup == NamedGroup.secp256r1
        ? new P256Domain(this)
        : throw new TlsFatalAlert(AlertDescription.illegal_parameter);

    public override TlsCertificate CreateCertificate(short type, byte[] encoding) => type == CertificateType.X509
        ? new PlatformCertificate(this, encoding)
        : throw new TlsFatalAlert(AlertDescription.unsupported_certificate);

    public override bool HasNamedGroup(int namedGroup) => namedGroup == NamedGroup.secp256r1;
}
