using System.Runtime.ConstrainedExecution;
using System.Security.Cryptography;

namespace Parley.Rtc.Srtp.Ciphers;

/// <summary>HMAC-SHA1 (RFC 2104) with one key, over a message in two parts.</summary>
internal sealed unsafe class HmacSha1 : CriticalFinalizerObject, IDisposable
{
    public const int Length = 20;

    private readonly IncrementalHash? _portable;
    private nint _native;

    /// <summary>Makes an authenticator.</summary>
    /// <exception cref="CryptographicException">The library refused.</exception>
    public HmacSha1(ReadOnlySpan<byte> key, bool native)
    {
        if (!native)
        {
            _portable = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, key);
            return;
        }

        _native = LibCrypto.HmacContextNew();
        fixed (byte* pKey = key)
        {
            if (_native == 0 || LibCrypto.HmacInit(_native, pKey, key.Length, LibCrypto.Sha1(), 0) != 1)
            {
                LibCrypto.ClearErrors();
                throw new CryptographicException("HMAC could not be set up.");
            }
        }
    }

    ~HmacSha1() => Free();

    /// <summary>Writes the 20 bytes for <paramref name="message"/> followed by <paramref name="suffix"/>.</summary>
    /// <exception cref="CryptographicException">The library failed (never on account of the data).</exception>
    public void Compute(ReadOnlySpan<byte> message, ReadOnlySpan<byte> suffix, Span<byte> output)
    {
        if (_portable is not null)
        {
            _portable.AppendData(message);
            _portable.AppendData(suffix);
            _portable.GetHashAndReset(output);
            return;
        }

        ObjectDisposedException.ThrowIf(_native == 0, this);
        bool done;
        fixed (byte* pMessage = message, pSuffix = suffix, pOutput = output)
        {
            uint written;
            done = LibCrypto.HmacInit(_native, null, 0, 0, 0) == 1
                && LibCrypto.HmacUpdate(_native, pMessage, (nuint)message.Length) == 1
                && (suffix.Length == 0 || LibCrypto.HmacUpdate(_native, pSuffix, (nuint)suffix.Length) == 1)
                && LibCrypto.HmacFinal(_native, pOutput, &written) == 1;
        }

        GC.KeepAlive(this);
        if (!done)
            throw new CryptographicException("HMAC-SHA1 failed.");
    }

    public void Dispose()
    {
        _portable?.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        nint context = Interlocked.Exchange(ref _native, 0);
        if (context != 0)
            LibCrypto.HmacContextFree(context);
    }
}
