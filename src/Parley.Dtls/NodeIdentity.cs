using Org.BouncyCastle.Tls.Crypto;
using Parley.Dtls.Crypto;

namespace Parley.Dtls;

/// <summary>The node's certificate and key as the DTLS library takes them; one for all handshakes.</summary>
internal sealed class NodeIdentity
{
    public NodeIdentity(DtlsCertificate certificate)
    {
        Crypto = new PlatformTlsCrypto();
        Signer = new EcdsaSigner(certificate.Key);
        Certificate = Crypto.CreateCertificate(certificate.Encoded.ToArray());
    }

    public PlatformTlsCrypto Crypto { get; }

    public TlsSigner Signer { get; }

    public TlsCertificate Certificate { get; }
}
