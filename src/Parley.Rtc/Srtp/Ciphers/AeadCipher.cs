using System.Security.Cryptography;

namespace Parley.Rtc.Srtp.Ciphers;

/// <summary>AES-GCM with a 12-byte nonce and a 16-byte tag, in place, for one direction.</summary>
internal sealed unsafe class AeadCipher : IDisposable
{
    public const int TagLength = 16;

    private readonly AesGcm? _portable;
    private readonly EvpCipherContext? _native;

    public AeadCipher(ReadOnlySpan<byte> key, bool encrypt, bool native)
    {
        if (native)
            _native = new EvpCipherContext(key.Length == 16 ? LibCrypto.Aes128Gcm() : LibCrypto.Aes256Gcm(), key, encrypt);
        else
            _portable = new AesGcm(key, TagLength);
    }

    /// <summary>Encrypts <paramref name="data"/> in place and writes the tag.</summary>
    /// <exception cref="CryptographicException">The library failed (never on account of the data).</exception>
    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> data, Span<byte> tag)
    {
        if (_native is null)
        {
            _portable!.Encrypt(nonce, data, data, tag, associated);
            return;
        }

        nint context = _native.Handle;
        bool done;
        fixed (byte* pNonce = nonce, pAssociated = associated, pData = data, pTag = tag)
        {
            int written;
            done = LibCrypto.CipherInit(context, 0, 0, null, pNonce, -1) == 1
                && LibCrypto.CipherUpdate(context, null, &written, pAssociated, associated.Length) == 1
                && (data.Length == 0 || LibCrypto.CipherUpdate(context, pData, &written, pData, data.Length) == 1)
                && LibCrypto.CipherFinal(context, pTag, &written) == 1
                && LibCrypto.CipherContextControl(context, LibCrypto.GetTag, TagLength, pTag) == 1;
        }

        GC.KeepAlive(_native);
        if (!done)
            ThrowFailed();
    }

    /// <summary>Decrypts in place; false when the tag does not match, and then <paramref name="data"/> is undefined.</summary>
    public bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> data, ReadOnlySpan<byte> tag)
    {
        if (_native is null)
            return TryDecryptPortable(nonce, associated, data, tag);

        nint context = _native.Handle;
        bool authentic;
        fixed (byte* pNonce = nonce, pAssociated = associated, pData = data, pTag = tag)
        {
            int written;
            byte unused;
            authentic = LibCrypto.CipherInit(context, 0, 0, null, pNonce, -1) == 1
                && LibCrypto.CipherContextControl(context, LibCrypto.SetTag, TagLength, pTag) == 1
                && LibCrypto.CipherUpdate(context, null, &written, pAssociated, associated.Length) == 1
                && (data.Length == 0 || LibCrypto.CipherUpdate(context, pData, &written, pData, data.Length) == 1)
                && LibCrypto.CipherFinal(context, &unused, &written) == 1;
        }

        GC.KeepAlive(_native);
        if (!authentic)
            LibCrypto.ClearErrors();
        return authentic;
    }

    public void Dispose()
    {
        _portable?.Dispose();
        _native?.Dispose();
    }

    // The class library knows no other sign of a wrong tag than an exception; only the portable path pays for it.
    private bool TryDecryptPortable(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> data, ReadOnlySpan<byte> tag)
    {
        try
        {
            _portable!.Decrypt(nonce, data, tag, data, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    private static void ThrowFailed()
    {
        LibCrypto.ClearErrors();
        throw new CryptographicException("AES-GCM failed.");
    }
}
