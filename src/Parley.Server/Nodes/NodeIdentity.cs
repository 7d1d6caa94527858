using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Directory;
using Parley.Server.Keys;

namespace Parley.Server.Nodes;

/// <summary>Who this node is to others over TLS, and whom it believes: a peer whose public key the directory lists and has not revoked. Issuers, names and dates of certificates decide nothing.</summary>
internal sealed class NodeIdentity : IDisposable
{
    private readonly NodeDirectory _directory;
    private readonly X509Certificate2 _certificate;

    /// <summary>Reads or makes the certificate of the node key.</summary>
    public NodeIdentity(NodeDirectory directory, NodeKeys keys, TimeProvider time)
    {
        _directory = directory;
        _certificate = NodeCertificates.Open(keys, time.GetUtcNow());
        Context = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null, offline: true);
    }

    /// <summary>The certificate as TLS uses it.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>A policy that fetches nothing: a stranger's certificate could name any address to fetch its issuer from.</summary>
    public static X509ChainPolicy ChainPolicy => new() { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck, TrustMode = X509ChainTrustMode.CustomRootTrust };

    /// <summary>The node of the directory whose key a certificate holds; null when there is none.</summary>
    public Routing.Directory.Node? Find(X509Certificate? certificate) => certificate is X509Certificate2 shown ? _directory.FindByKey(PublicKeys.Write(shown)) : null;

    /// <inheritdoc />
    public void Dispose() => _certificate.Dispose();
}
