using Org.BouncyCastle.Tls.Crypto;

namespace Parley.Dtls.Crypto;

/// <summary>Elliptic-curve Diffie-Hellman on P-256, the only group that is negotiated.</summary>
internal sealed class P256Domain(TlsCrypto crypto) : TlsECDomain
{
    public TlsAgreement CreateECDH() => new P256Agreement(crypto);
}
