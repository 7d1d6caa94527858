using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace Parley.Dtls.Crypto;

/// <summary>Signs with the platform's key object. All handshakes share the key, and its members promise nothing about threads: one at a time (27 us each).</summary>
internal sealed class EcdsaSigner(ECDsa key) : TlsSigner
{
    private readonly Lock _oneAtATime = new();

    public byte[] GenerateRawSignature(SignatureAndHashAlgorithm algorithm, byte[] hash)
    {
        lock (_oneAtATime)
            return key.SignHash(hash, DSASignatureFormat.Rfc3279DerSequence);
    }

    public TlsStreamSigner? GetStreamSigner(SignatureAndHashAlgorithm algorithm) => null;
}
