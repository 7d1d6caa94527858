using Org.BouncyCastle.Tls;

namespace Parley.Dtls;

/// <summary>The client's part of mutual authentication: the server's fingerprint checked, our certificate shown.</summary>
internal sealed class ClientAuthentication(HandshakeContext handshake, TlsContext context) : TlsAuthentication
{
    public void NotifyServerCertificate(TlsServerCertificate serverCertificate) => handshake.VerifyPeer(serverCertificate?.Certificate);

    public TlsCredentials GetClientCredentials(CertificateRequest certificateRequest) => handshake.Credentials(context);
}
