using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.E2e.Support;

/// <summary>A self-signed certificate for this machine, as PEM files.</summary>
internal static class TestCertificate
{
    /// <summary>Writes <c>chain.pem</c> and <c>key.pem</c> into a folder and gives their paths.</summary>
    public static (string Chain, string Key) Write(string folder)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
        (string chain, string secret) = (Path.Combine(folder, "chain.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(chain, certificate.ExportCertificatePem());
        File.WriteAllText(secret, key.ExportPkcs8PrivateKeyPem());
        return (chain, secret);
    }
}
