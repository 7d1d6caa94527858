using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using SignatureAlgorithm = Org.BouncyCastle.Tls.SignatureAlgorithm;
using TlsHashAlgorithm = Org.BouncyCastle.Tls.HashAlgorithm;

namespace Parley.Dtls.Crypto;

/// <summary>Verifies RSA (PKCS #1 v1.5) with SHA-256 under the key of a client's certificate, with the platform's implementation. GStreamer's and some other tools' certificates are RSA.</summary>
internal sealed class RsaVerifier(byte[] subjectPublicKeyInfo) : TlsVerifier
{
    // Below, a key is too weak; above, each check would cost more than a handshake should.
    private const int SmallestKeyBits = 2_048;
    private const int LargestKeyBits = 4_096;

    public bool VerifyRawSignature(DigitallySigned digitallySigned, byte[] hash)
    {
        SignatureAndHashAlgorithm? algorithm = digitallySigned.Algorithm;
        if (algorithm is null || algorithm.Signature != SignatureAlgorithm.rsa || algorithm.Hash != TlsHashAlgorithm.sha256)
            return false;
        try
        {
            using RSA key = RSA.Create();
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            return key.KeySize is >= SmallestKeyBits and <= LargestKeyBits
                && key.VerifyHash(hash, digitallySigned.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public TlsStreamVerifier? GetStreamVerifier(DigitallySigned digitallySigned) => null;
}
