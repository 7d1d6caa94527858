using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Parley.Rtc.Srtp.Ciphers;

/// <summary>AES-128 in counter mode (RFC 3711 section 4.1.1), in place; encrypting and decrypting are the same.</summary>
internal sealed unsafe class CounterCipher : IDisposable
{
    private const int ChunkLength = 512;

    private readonly EvpCipherContext? _native;
    private readonly Aes? _aes;
    private readonly ICryptoTransform? _portable;
    private readonly byte[] _counters = [];
    private readonly byte[] _keyStream = [];

    public CounterCipher(ReadOnlySpan<byte> key, bool native)
    {
        if (native)
        {
            _native = new EvpCipherContext(LibCrypto.Aes128Ctr(), key, encrypt: true);
            return;
        }

        _aes = Aes.Create();
        _aes.SetKey(key);
#pragma warning disable CA5358 // Single blocks: the counter mode is made here out of them.
        _aes.Mode = CipherMode.ECB;
#pragma warning restore CA5358
        _aes.Padding = PaddingMode.None;
        _portable = _aes.CreateEncryptor();
        _counters = new byte[ChunkLength];
        _keyStream = new byte[ChunkLength];
    }

    /// <summary>Adds the key stream that begins at the 16-byte <paramref name="counter"/> to <paramref name="data"/>; its last two bytes count blocks.</summary>
    /// <exception cref="CryptographicException">The library failed (never on account of the data).</exception>
    public void Apply(ReadOnlySpan<byte> counter, Span<byte> data)
    {
        if (data.Length == 0)
            return;
        if (_native is null)
        {
            ApplyPortable(counter, data);
            return;
        }

        nint context = _native.Handle;
        bool done;
        fixed (byte* pCounter = counter, pData = data)
        {
            int written;
            done = LibCrypto.CipherInit(context, 0, 0, null, pCounter, -1) == 1
                && LibCrypto.CipherUpdate(context, pData, &written, pData, data.Length) == 1;
        }

        GC.KeepAlive(_native);
        if (!done)
            throw new CryptographicException("AES-CTR failed.");
    }

    public void Dispose()
    {
        _native?.Dispose();
        _portable?.Dispose();
        _aes?.Dispose();
        CryptographicOperations.ZeroMemory(_keyStream);
    }

    private void ApplyPortable(ReadOnlySpan<byte> counter, Span<byte> data)
    {
        ushort block = BinaryPrimitives.ReadUInt16BigEndian(counter[14..]);
        while (data.Length > 0)
        {
            int length = Math.Min(ChunkLength, data.Length);
            int blocks = (length + 15) / 16;
            for (int i = 0; i < blocks; i++)
            {
                counter[..14].CopyTo(_counters.AsSpan(16 * i));
                BinaryPrimitives.WriteUInt16BigEndian(_counters.AsSpan((16 * i) + 14), block++);
            }

            _portable!.TransformBlock(_counters, 0, 16 * blocks, _keyStream, 0);
            for (int i = 0; i < length; i++)
                data[i] ^= _keyStream[i];
            data = data[length..];
        }
    }
}
