using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Tests.Hosting;

public class TlsTests
{
    [Fact]
    public async Task A_node_serves_HTTPS_with_a_certificate_from_PEM_files()
    {
        string folder = System.IO.Directory.CreateTempSubdirectory("parley-tls-").FullName;
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        string chain = Path.Combine(folder, "chain.pem"), secret = Path.Combine(folder, "key.pem");
        await File.WriteAllTextAsync(chain, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(secret, key.ExportPkcs8PrivateKeyPem());
        try
        {
            await using TestNode node = await TestNode.StartAsync(options => options with { Http = "https://127.0.0.1:0", Certificate = chain, CertificateKey = secret });
            using HttpClientHandler handler = new() { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown!.Thumbprint == certificate.Thumbprint };
            using HttpClient client = new(handler) { BaseAddress = node.Node.Address };
            Assert.Equal("https", node.Node.Address.Scheme);
            Assert.Equal("{\"status\":\"ok\",\"faults\":[]}", await client.GetStringAsync("/healthz"));
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }
}
