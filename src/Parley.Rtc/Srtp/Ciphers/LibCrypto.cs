using System.Runtime.InteropServices;

namespace Parley.Rtc.Srtp.Ciphers;

/// <summary>
/// The entry points of OpenSSL's libcrypto (1.1 and 3) that SRTP needs, found at run time. Static read-only function pointers become constants in optimised code.
/// No call suppresses the collector's transition: most of them may run longer than a microsecond.
/// </summary>
internal static unsafe class LibCrypto
{
    public const int GetTag = 0x10;
    public const int SetTag = 0x11;

    private static readonly nint Library = Open();

    /// <summary>Whether the library and every entry point were found.</summary>
    public static readonly bool IsLoaded;

    public static readonly delegate* unmanaged<nint> CipherContextNew;
    public static readonly delegate* unmanaged<nint, void> CipherContextFree;

    /// <summary>context, type, argument, pointer.</summary>
    public static readonly delegate* unmanaged<nint, int, int, void*, int> CipherContextControl;

    /// <summary>context, cipher, engine, key, IV, direction (1 encrypt, 0 decrypt, -1 as before).</summary>
    public static readonly delegate* unmanaged<nint, nint, nint, byte*, byte*, int, int> CipherInit;

    /// <summary>context, output (null: associated data), output length, input, input length.</summary>
    public static readonly delegate* unmanaged<nint, byte*, int*, byte*, int, int> CipherUpdate;
    public static readonly delegate* unmanaged<nint, byte*, int*, int> CipherFinal;
    public static readonly delegate* unmanaged<nint> Aes128Gcm;
    public static readonly delegate* unmanaged<nint> Aes256Gcm;
    public static readonly delegate* unmanaged<nint> Aes128Ctr;
    public static readonly delegate* unmanaged<nint> HmacContextNew;
    public static readonly delegate* unmanaged<nint, void> HmacContextFree;

    /// <summary>context, key (null: as before), key length, digest (0: as before), engine.</summary>
    public static readonly delegate* unmanaged<nint, byte*, int, nint, nint, int> HmacInit;
    public static readonly delegate* unmanaged<nint, byte*, nuint, int> HmacUpdate;
    public static readonly delegate* unmanaged<nint, byte*, uint*, int> HmacFinal;
    public static readonly delegate* unmanaged<nint> Sha1;
    public static readonly delegate* unmanaged<void> ClearErrors;

#pragma warning disable CA1810 // The order matters: every pointer comes from the library opened first.
    static LibCrypto()
#pragma warning restore CA1810
    {
        bool complete = Library != 0;
        CipherContextNew = (delegate* unmanaged<nint>)Find("EVP_CIPHER_CTX_new", ref complete);
        CipherContextFree = (delegate* unmanaged<nint, void>)Find("EVP_CIPHER_CTX_free", ref complete);
        CipherContextControl = (delegate* unmanaged<nint, int, int, void*, int>)Find("EVP_CIPHER_CTX_ctrl", ref complete);
        CipherInit = (delegate* unmanaged<nint, nint, nint, byte*, byte*, int, int>)Find("EVP_CipherInit_ex", ref complete);
        CipherUpdate = (delegate* unmanaged<nint, byte*, int*, byte*, int, int>)Find("EVP_CipherUpdate", ref complete);
        CipherFinal = (delegate* unmanaged<nint, byte*, int*, int>)Find("EVP_CipherFinal_ex", ref complete);
        Aes128Gcm = (delegate* unmanaged<nint>)Find("EVP_aes_128_gcm", ref complete);
        Aes256Gcm = (delegate* unmanaged<nint>)Find("EVP_aes_256_gcm", ref complete);
        Aes128Ctr = (delegate* unmanaged<nint>)Find("EVP_aes_128_ctr", ref complete);
        HmacContextNew = (delegate* unmanaged<nint>)Find("HMAC_CTX_new", ref complete);
        HmacContextFree = (delegate* unmanaged<nint, void>)Find("HMAC_CTX_free", ref complete);
        HmacInit = (delegate* unmanaged<nint, byte*, int, nint, nint, int>)Find("HMAC_Init_ex", ref complete);
        HmacUpdate = (delegate* unmanaged<nint, byte*, nuint, int>)Find("HMAC_Update", ref complete);
        HmacFinal = (delegate* unmanaged<nint, byte*, uint*, int>)Find("HMAC_Final", ref complete);
        Sha1 = (delegate* unmanaged<nint>)Find("EVP_sha1", ref complete);
        ClearErrors = (delegate* unmanaged<void>)Find("ERR_clear_error", ref complete);
        IsLoaded = complete;
    }

    private static nint Open()
    {
        // Windows searches the working directory too and has no OpenSSL of its own; macOS ends a process that loads the unversioned library.
        ReadOnlySpan<string> names =
            OperatingSystem.IsLinux() ? ["libcrypto.so.3", "libcrypto.so.1.1"] : OperatingSystem.IsMacOS() ? ["libcrypto.3.dylib"] : [];
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
                return library;
        }

        return 0;
    }

    /// <summary>The address of an entry point; false in <paramref name="complete"/> when there is none.</summary>
    internal static nint Find(string name, ref bool complete)
    {
        nint address = 0;
        complete = complete && NativeLibrary.TryGetExport(Library, name, out address);
        return address;
    }
}
