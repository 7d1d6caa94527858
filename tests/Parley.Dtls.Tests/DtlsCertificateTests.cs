using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Dtls.Tests;

public sealed class DtlsCertificateTests
{
    [Fact]
    public void It_is_self_signed_by_the_key_given_and_named_by_its_hash()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DtlsCertificate certificate = DtlsCertificate.Create(key);
        using X509Certificate2 parsed = X509CertificateLoader.LoadCertificate(certificate.Encoded.Span);
        using ECDsa? published = parsed.GetECDsaPublicKey();
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), published!.ExportSubjectPublicKeyInfo());
        Assert.Equal(SHA256.HashData(certificate.Encoded.Span), certificate.Fingerprint.ToArray());
        Assert.Equal(parsed.Issuer, parsed.Subject);
        Assert.False(parsed.HasPrivateKey);
        Assert.InRange(DateTime.Now, parsed.NotBefore, parsed.NotAfter);
    }

    [Fact]
    public void Another_curve_is_an_error()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<ArgumentException>(() => DtlsCertificate.Create(key));
    }
}
