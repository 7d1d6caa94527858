using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Dtls;

/// <summary>The node's self-signed certificate for DTLS: P-256, known to peers by its fingerprint alone (RFC 8122 section 5).</summary>
public sealed class DtlsCertificate
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(3_650);

    private readonly byte[] _fingerprint;

    private DtlsCertificate(ECDsa key, byte[] encoded)
    {
        Key = key;
        Encoded = encoded;
        _fingerprint = SHA256.HashData(encoded);
    }

    /// <summary>SHA-256 of <see cref="Encoded"/>, 32 bytes.</summary>
    public ReadOnlyMemory<byte> Fingerprint => _fingerprint;

    /// <summary>The certificate in DER.</summary>
    public ReadOnlyMemory<byte> Encoded { get; }

    internal ECDsa Key { get; }

    /// <summary>Makes a certificate for a key. Each call gives another one (serial number and signature are random), so another fingerprint.</summary>
    /// <param name="nodeKey">A P-256 key pair; remains the caller's, who keeps it alive as long as the certificate is used.</param>
    /// <param name="time">The clock for the validity; the system's by default.</param>
    /// <exception cref="ArgumentException">Not a P-256 key.</exception>
    public static DtlsCertificate Create(ECDsa nodeKey, TimeProvider? time = null)
    {
        RequireP256(nodeKey);
        DateTimeOffset now = (time ?? TimeProvider.System).GetUtcNow();
        CertificateRequest request = new("CN=Parley", nodeKey, HashAlgorithmName.SHA256);

        // Begun a day ago, for peers whose clock is behind.
        using X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now + Validity);
        return new DtlsCertificate(nodeKey, certificate.RawData);
    }

    /// <summary>Takes a certificate up again that <see cref="Create"/> made, so that the fingerprint stays; null when it is not of this key, or not valid any more.</summary>
    /// <param name="nodeKey">The key pair; remains the caller's, who keeps it alive as long as the certificate is used.</param>
    /// <param name="encoded">The certificate in DER.</param>
    /// <param name="time">The clock for the validity; the system's by default.</param>
    /// <exception cref="ArgumentException">Not a P-256 key.</exception>
    public static DtlsCertificate? Restore(ECDsa nodeKey, byte[] encoded, TimeProvider? time = null)
    {
        RequireP256(nodeKey);
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(encoded);
            bool isOurs = certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(nodeKey.ExportSubjectPublicKeyInfo());
            return isOurs && (time ?? TimeProvider.System).GetUtcNow() < certificate.NotAfter ? new DtlsCertificate(nodeKey, certificate.RawData) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static void RequireP256(ECDsa nodeKey)
    {
        ArgumentNullException.ThrowIfNull(nodeKey);
        string? curve = nodeKey.ExportParameters(includePrivateParameters: false).Curve.Oid.Value;
        if (curve != ECCurve.NamedCurves.nistP256.Oid.Value)
            throw new ArgumentException("The key is not on the curve P-256.", nameof(nodeKey));
    }
}
