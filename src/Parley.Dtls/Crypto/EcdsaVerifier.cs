using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using SignatureAlgorithm = Org.BouncyCastle.Tls.SignatureAlgorithm;
using TlsHashAlgorithm = Org.BouncyCastle.Tls.HashAlgorithm;

namespace Parley.Dtls.Crypto;

/// <summary>Verifies ECDSA with SHA-256 under the key of a peer's certificate, with the platform's implementation.</summary>
internal sealed class EcdsaVerifier(byte[] subjectPublicKeyInfo) : TlsVerifier
{
    public bool VerifyRawSignature(DigitallySigned digitallySigned, byte[] hash)
    {
        SignatureAndHashAlgorithm? algorithm = digitallySigned.Algorithm;
        if (algorithm is null || algorithm.Signature != SignatureAlgorithm.ecdsa || algorithm.Hash != TlsHashAlgorithm.sha256)
            return false;
        try
        {
            using ECDsa key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
            return key.VerifyHash(hash, digitallySigned.Signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public TlsStreamVerifier? GetStreamVerifier(DigitallySigned digitallySigned) => null;
}
