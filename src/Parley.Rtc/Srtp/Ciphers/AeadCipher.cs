using System.Security.Cryptography;

namespace Parley.Rtc.Srtp.Ciphers;

/// <summary>AES-GCM with a 12-byte nonce and a 16-byte tag, in place, for one direction.</summary>
internal sealed unsafe class AeadCipher : IDisposable
{
    public const int TagLength = 16;

    private readonly AesGcm? _portable;
    private readonly EvpCipherContext? _native;
    private readonly ProviderCipherContext? _provider;

    /// <summary>Makes a cipher.</summary>
    /// <param name="key">16 or 32 bytes.</param>
    /// <param name="encrypt">The direction.</param>
    /// <param name="native">OpenSSL instead of the class library.</param>
    /// <param name="direct">Its provider's entry points where there are any, instead of EVP.</param>
    public AeadCipher(ReadOnlySpan<byte> key, bool encrypt, bool native, bool direct)
    {
        ProviderCipher? provider = native && direct ? (key.Length == 16 ? ProviderCipher.Aes128Gcm : ProviderCipher.Aes256Gcm) : null;
        if (provider is not null)
            _provider = new ProviderCipherContext(provider, key, encrypt);
        else if (native)
            _native = new EvpCipherContext(key.Length == 16 ? LibCrypto.Aes128Gcm() : LibCrypto.Aes256Gcm(), key, encrypt);
        else
            _portable = new AesGcm(key, TagLength);
    }

    /// <summary>Encrypts <paramref name="data"/> in place and writes the tag.</summary>
    /// <exception cref="CryptographicException">The library failed (never on account of the data).</exception>
    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> data, Span<byte> tag)
    {
        if (_provider is { } provider)
        {
            fixed (byte* pNonce = nonce, pTag = tag)
            {
                if (!provider.TryEncrypt(pNonce, associated, data, pTag))
                    ThrowFailed();
            }
        }
        else if (_native is { } native)
        {
            EncryptThroughEvp(native, nonce, associated, data, tag);
        }
        else
        {
            _portable!.Encrypt(nonce, data, data, tag, associated);
        }
    }

    /// <summary>Decrypts in place; false when the tag does not match, and then <paramref name="data"/> is undefined.</summary>
    public bool TryDecrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> data, ReadOnlySpan<byte> tag)
    {
        bool authentic;
        if (_provider is { } provider)
        {
            fixed (byte* pNonce = nonce, pTag = tag)
                authentic = provider.TryDecrypt(pNonce, associated, data, pTag);
        }
        else if (_native is { } native)
        {
            authentic = TryDecryptThroughEvp(native, nonce, associated, data, tag);
        }
        else
        {
            return TryDecryptPortable(nonce, associated, data, tag);
        }

        if (!authentic)
            LibCrypto.ClearErrors();
        return authentic;
    }

    /// <summary>Asks the processor to fetch what a call reads.</summary>
    public void Touch() => _provider?.Touch();

    public void Dispose()
    {
        _portable?.Dispose();
        _native?.Dispose();
        _provider?.Dispose();
    }

    private static void EncryptThroughEvp(EvpCipherContext native, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> data, Span<byte> tag)
    {
        nint context = native.Handle;
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

        GC.KeepAlive(native);
        if (!done)
            ThrowFailed();
    }

    private static bool TryDecryptThroughEvp(EvpCipherContext native, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> data, ReadOnlySpan<byte> tag)
    {
        nint context = native.Handle;
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

        GC.KeepAlive(native);
        return authentic;
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
