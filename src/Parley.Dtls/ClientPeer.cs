using Org.BouncyCastle.Tls;

namespace Parley.Dtls;

/// <summary>The library's client, for relays and the load client, with the same demands as <see cref="ServerPeer"/>.</summary>
internal sealed class ClientPeer(HandshakeContext handshake) : DefaultTlsClient(handshake.Crypto)
{
    public override bool IgnoreCorruptDtlsRecords => true;

    public override int GetHandshakeTimeoutMillis() => handshake.TimeoutMilliseconds;

    public override int GetHandshakeResendTimeMillis() => handshake.ResendMilliseconds;

    public override bool RequiresExtendedMasterSecret() => true;

    public override int GetMaxCertificateChainLength() => 1;

    public override int GetMaxHandshakeMessageSize() => HandshakeContext.MaximumMessageLength;

    public override IDictionary<int, byte[]> GetClientExtensions()
    {
        IDictionary<int, byte[]> extensions = base.GetClientExtensions() ?? new Dictionary<int, byte[]>();
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, handshake.Offer());
        return extensions;
    }

    public override void ProcessServerExtensions(IDictionary<int, byte[]> serverExtensions)
    {
        base.ProcessServerExtensions(serverExtensions);
        handshake.AcceptProfile(serverExtensions is null ? null : TlsSrtpUtilities.GetUseSrtpExtension(serverExtensions));
    }

    public override TlsAuthentication GetAuthentication() => new ClientAuthentication(handshake, m_context);

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        handshake.Complete(m_context);
    }

    public override void NotifyAlertRaised(short alertLevel, short alertDescription, string message, Exception cause) =>
        handshake.OnAlertRaised(alertDescription);

    public override void NotifyAlertReceived(short alertLevel, short alertDescription) =>
        handshake.OnAlertReceived(alertLevel, alertDescription);

    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.DTLSv12.Only();

    protected override int[] GetSupportedCipherSuites() => HandshakeContext.CipherSuites;

    protected override IList<int> GetSupportedGroups(IList<int> namedGroupRoles) => [NamedGroup.secp256r1];

    // Offering what our certificate cannot do makes some servers choose it.
    protected override IList<SignatureAndHashAlgorithm> GetSupportedSignatureAlgorithms() => [HandshakeContext.EcdsaSha256];

    protected override CertificateStatusRequest? GetCertificateStatusRequest() => null;
}
