using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Parley.NetLab.Captures.Control;

/// <summary>What decrypts one direction of a TLS 1.3 connection with one traffic secret (RFC 8446 sections 5.2 and 7.3).</summary>
internal sealed class RecordKey : IDisposable
{
    private const int TagLength = 16;
    private const int NonceLength = 12;
    private const ushort Aes256 = 0x1302;
    private const ushort ChaCha20 = 0x1303;

    private readonly byte[] _iv;
    private readonly AesGcm? _aes;
    private readonly ChaCha20Poly1305? _chacha;
    private ulong _number;

    /// <summary>Makes the key of a cipher suite from a traffic secret.</summary>
    public RecordKey(ushort suite, byte[] secret)
    {
        HashAlgorithmName hash = suite == Aes256 ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        byte[] key = Expand(hash, secret, "key", suite is Aes256 or ChaCha20 ? 32 : 16);
        _iv = Expand(hash, secret, "iv", NonceLength);
        if (suite == ChaCha20)
            _chacha = new ChaCha20Poly1305(key);
        else
            _aes = new AesGcm(key, TagLength);
    }

    /// <summary>Decrypts the next record; null when this is not its key.</summary>
    /// <param name="header">Its five bytes of header.</param>
    /// <param name="body">What follows them.</param>
    public byte[]? Open(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        if (body.Length < TagLength)
            return null;
        Span<byte> nonce = stackalloc byte[NonceLength];
        _iv.CopyTo(nonce);
        Span<byte> counter = nonce[4..];
        BinaryPrimitives.WriteUInt64BigEndian(counter, BinaryPrimitives.ReadUInt64BigEndian(counter) ^ _number);
        byte[] plain = new byte[body.Length - TagLength];
        try
        {
            if (_aes is not null)
                _aes.Decrypt(nonce, body[..^TagLength], body[^TagLength..], plain, header);
            else
                _chacha!.Decrypt(nonce, body[..^TagLength], body[^TagLength..], plain, header);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        _number++;
        return plain;
    }

    public void Dispose()
    {
        _aes?.Dispose();
        _chacha?.Dispose();
    }

    private static byte[] Expand(HashAlgorithmName hash, byte[] secret, string label, int length)
    {
        byte[] name = Encoding.ASCII.GetBytes($"tls13 {label}");
        byte[] info = [(byte)(length >> 8), (byte)length, (byte)name.Length, .. name, 0];
        return HKDF.Expand(hash, secret, length, info);
    }
}
