using System.Runtime.ConstrainedExecution;
using System.Security.Cryptography;

namespace Parley.Rtc.Srtp.Ciphers;

/// <summary>
/// One keyed EVP_CIPHER_CTX. Used and disposed by one thread at a time; forgotten ones are freed by the finalizer, and each use keeps the object alive to its end.
/// </summary>
internal sealed unsafe class EvpCipherContext : CriticalFinalizerObject, IDisposable
{
    private nint _context;

    /// <summary>Makes a context for one direction.</summary>
    /// <exception cref="CryptographicException">The library refused.</exception>
    public EvpCipherContext(nint cipher, ReadOnlySpan<byte> key, bool encrypt)
    {
        _context = LibCrypto.CipherContextNew();
        fixed (byte* pKey = key)
        {
            if (_context == 0 || LibCrypto.CipherInit(_context, cipher, 0, pKey, null, encrypt ? 1 : 0) != 1)
            {
                LibCrypto.ClearErrors();
                throw new CryptographicException("The cipher could not be set up.");
            }
        }
    }

    ~EvpCipherContext() => Free();

    /// <summary>The native context.</summary>
    /// <exception cref="ObjectDisposedException">It was freed.</exception>
    public nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_context == 0, this);
            return _context;
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        nint context = Interlocked.Exchange(ref _context, 0);
        if (context != 0)
            LibCrypto.CipherContextFree(context);
    }
}
