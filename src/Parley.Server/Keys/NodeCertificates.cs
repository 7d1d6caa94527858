using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Keys;

/// <summary>X.509 certificates of node keys for TLS between nodes. They only carry the key: who is believed is decided by the directory.</summary>
public static class NodeCertificates
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 16;
    private static readonly TimeSpan Validity = TimeSpan.FromDays(3_650);

    /// <summary>Makes a certificate for a node's public key, signed by the operator key.</summary>
    public static X509Certificate2 Issue(string node, ECDsa nodePublic, ECDsa operatorKey, DateTimeOffset now)
    {
        X500DistinguishedName issuer = new("CN=Parley operator");
        return Request(node, nodePublic).Create(
            issuer, X509SignatureGenerator.CreateForECDsa(operatorKey), now.AddDays(-1), now + Validity, RandomNumberGenerator.GetBytes(SerialBytes));
    }

    /// <summary>The certificate of this node with its private key: the one in the folder when it is of this key, else a self-signed one.</summary>
    internal static X509Certificate2 Open(NodeKeys keys, DateTimeOffset now)
    {
        string file = Path.Combine(keys.Folder, "node.crt");
        if (File.Exists(file))
        {
            using X509Certificate2 issued = X509CertificateLoader.LoadCertificateFromFile(file);
            if (PublicKeys.Write(issued) == keys.NodePublic)
                return WithKey(issued, keys.Node);
        }

        using X509Certificate2 made = Request(keys.NodeId, keys.Node).CreateSelfSigned(now.AddDays(-1), now + Validity);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }

    private static CertificateRequest Request(string node, ECDsa key)
    {
        CertificateRequest request = new($"CN={node}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication), new Oid(ClientAuthentication)], critical: false));
        return request;
    }

    // Windows' TLS cannot use a key that lives in memory only; elsewhere the detour does no harm.
    private static X509Certificate2 WithKey(X509Certificate2 certificate, ECDsa key)
    {
        using X509Certificate2 both = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(both.Export(X509ContentType.Pkcs12), password: null);
    }
}
