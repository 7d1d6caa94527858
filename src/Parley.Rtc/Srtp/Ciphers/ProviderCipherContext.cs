using System.Runtime.ConstrainedExecution;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Parley.Rtc.Srtp.Ciphers;

/// <summary>
/// AES-GCM keyed once, with a provider's entry points, for one direction. Used and disposed by one thread at a time; forgotten ones are freed by the finalizer, and each use keeps the object alive
/// to its end.
/// </summary>
internal sealed unsafe class ProviderCipherContext : CriticalFinalizerObject, IDisposable
{
    private const int NonceLength = 12;
    private const int CacheLine = 64;

    // About as long as OpenSSL's context of AES-GCM.
    private const int ContextLines = 14;

    private readonly ProviderCipher _cipher;
    private nint _context;

    /// <summary>Makes a context for one direction.</summary>
    /// <exception cref="CryptographicException">The library refused.</exception>
    public ProviderCipherContext(ProviderCipher cipher, ReadOnlySpan<byte> key, bool encrypt)
    {
        _cipher = cipher;
        _context = cipher.NewContext(cipher.Provider);
        fixed (byte* pKey = key)
        {
            if (_context != 0 && (encrypt ? cipher.EncryptInit : cipher.DecryptInit)(_context, pKey, (nuint)key.Length, null, 0, null) == 1)
                return;
        }

        Dispose();
        LibCrypto.ClearErrors();
        throw new CryptographicException("The cipher could not be set up.");
    }

    ~ProviderCipherContext() => Free();

    /// <summary>Encrypts in place and writes the tag; false when the library failed.</summary>
    public bool TryEncrypt(byte* nonce, ReadOnlySpan<byte> associated, Span<byte> data, byte* tag)
    {
        nint context = Handle;
        ProviderCipher cipher = _cipher;
        CipherParameter* parameters = stackalloc CipherParameter[2];
        nuint written;
        bool done;
        fixed (byte* pAssociated = associated, pData = data)
        {
            done = cipher.EncryptInit(context, null, 0, nonce, NonceLength, null) == 1
                && cipher.Update(context, null, &written, (nuint)associated.Length, pAssociated, (nuint)associated.Length) == 1
                && (data.Length == 0 || cipher.Update(context, pData, &written, (nuint)data.Length, pData, (nuint)data.Length) == 1)
                && cipher.Final(context, tag, &written, AeadCipher.TagLength) == 1;
        }

        CipherParameter.WriteTag(parameters, tag, AeadCipher.TagLength);
        done = done && cipher.GetParameters(context, parameters) == 1;
        GC.KeepAlive(this);
        return done;
    }

    /// <summary>Decrypts in place; false when the tag does not match.</summary>
    public bool TryDecrypt(byte* nonce, ReadOnlySpan<byte> associated, Span<byte> data, byte* tag)
    {
        nint context = Handle;
        ProviderCipher cipher = _cipher;
        CipherParameter* parameters = stackalloc CipherParameter[2];
        CipherParameter.WriteTag(parameters, tag, AeadCipher.TagLength);
        nuint written;
        byte unused;
        bool authentic;
        fixed (byte* pAssociated = associated, pData = data)
        {
            authentic = cipher.DecryptInit(context, null, 0, nonce, NonceLength, parameters) == 1
                && cipher.Update(context, null, &written, (nuint)associated.Length, pAssociated, (nuint)associated.Length) == 1
                && (data.Length == 0 || cipher.Update(context, pData, &written, (nuint)data.Length, pData, (nuint)data.Length) == 1)
                && cipher.Final(context, &unused, &written, 1) == 1;
        }

        GC.KeepAlive(this);
        return authentic;
    }

    /// <summary>Asks the processor to fetch the key schedule and the hash tables; an address beyond the context does no harm.</summary>
    public void Touch()
    {
        if (!Sse.IsSupported)
            return;
        for (int line = 0; line < ContextLines; line++)
            Sse.Prefetch0((byte*)_context + (line * CacheLine));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_context == 0, this);
            return _context;
        }
    }

    private void Free()
    {
        nint context = Interlocked.Exchange(ref _context, 0);
        if (context != 0)
            _cipher.FreeContext(context);
    }
}
