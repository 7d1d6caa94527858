using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Parley.Dtls.Tests;

/// <summary>Signs as a client with an RSA certificate does.</summary>
internal sealed class RsaSigner(RSA key) : TlsSigner
{
    public byte[] GenerateRawSignature(SignatureAndHashAlgorithm algorithm, byte[] hash) => key.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public TlsStreamSigner? GetStreamSigner(SignatureAndHashAlgorithm algorithm) => null;
}
