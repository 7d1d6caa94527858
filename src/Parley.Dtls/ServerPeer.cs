using Org.BouncyCastle.Tls;

namespace Parley.Dtls;

/// <summary>The library's server with every default that is unsafe here overridden; what it demands stands in <see cref="HandshakeContext"/>.</summary>
internal sealed class ServerPeer(HandshakeContext handshake) : DefaultTlsServer(handshake.Crypto)
{
    public override bool IgnoreCorruptDtlsRecords => true;

    public override int GetHandshakeTimeoutMillis() => handshake.TimeoutMilliseconds;

    public override int GetHandshakeResendTimeMillis() => handshake.ResendMilliseconds;

    public override bool RequiresExtendedMasterSecret() => true;

    public override int GetMaxCertificateChainLength() => 1;

    public override int GetMaxHandshakeMessageSize() => HandshakeContext.MaximumMessageLength;

    public override int[] GetSupportedGroups() => [NamedGroup.secp256r1];

    public override CertificateRequest GetCertificateRequest() =>
        new([ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign], [HandshakeContext.EcdsaSha256, HandshakeContext.RsaSha256], null);

    public override void NotifyClientCertificate(Certificate clientCertificate) => handshake.VerifyPeer(clientCertificate);

    public override void ProcessClientExtensions(IDictionary<int, byte[]> clientExtensions)
    {
        base.ProcessClientExtensions(clientExtensions);
        handshake.ChooseProfile(clientExtensions is null ? null : TlsSrtpUtilities.GetUseSrtpExtension(clientExtensions));
    }

    public override IDictionary<int, byte[]> GetServerExtensions()
    {
        IDictionary<int, byte[]> extensions = base.GetServerExtensions() ?? new Dictionary<int, byte[]>();
        TlsSrtpUtilities.AddUseSrtpExtension(extensions, new UseSrtpData([(int)handshake.Profile], []));
        return extensions;
    }

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

    protected override bool PreferLocalCipherSuites() => true;

    // The default takes the client's first group of enough bits, whatever the supported ones are.
    protected override int SelectECDH(int minimumCurveBits)
    {
        int[]? groups = m_context.SecurityParameters.ClientSupportedGroups;
        return groups is null || groups.Contains(NamedGroup.secp256r1) ? NamedGroup.secp256r1 : -1;
    }

    protected override TlsCredentialedSigner GetECDsaSignerCredentials() => handshake.Credentials(m_context);
}
