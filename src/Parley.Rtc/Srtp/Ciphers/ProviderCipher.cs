using System.Runtime.InteropServices;

namespace Parley.Rtc.Srtp.Ciphers;

/// <summary>
/// A cipher's own entry points in an OpenSSL 3 provider (provider-cipher(7)). Through EVP every packet pays for look-ups by name: the length of a nonce that never changes is asked for anew each time.
/// The calls suppress the collector's transition: with a datagram they take a fraction of a microsecond, never wait and never call back.
/// </summary>
internal sealed unsafe class ProviderCipher
{
    private const int CipherOperation = 2;
    private const int FunctionNewContext = 1;
    private const int FunctionEncryptInit = 2;
    private const int FunctionDecryptInit = 3;
    private const int FunctionUpdate = 4;
    private const int FunctionFinal = 5;
    private const int FunctionFreeContext = 7;
    private const int FunctionGetContextParameters = 10;
    private const int FunctionSetContextParameters = 11;

    /// <summary>provider's context; returns a cipher context.</summary>
    public delegate* unmanaged<nint, nint> NewContext { get; private set; }

    /// <summary>context.</summary>
    public delegate* unmanaged<nint, void> FreeContext { get; private set; }

    /// <summary>context, key (null: as before), its length, nonce, its length, parameters.</summary>
    public delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, byte*, nuint, CipherParameter*, int> EncryptInit { get; private set; }

    /// <summary>As <see cref="EncryptInit"/>.</summary>
    public delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, byte*, nuint, CipherParameter*, int> DecryptInit { get; private set; }

    /// <summary>context, output (null: associated data), its length, the room for it, input, its length.</summary>
    public delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint*, nuint, byte*, nuint, int> Update { get; private set; }

    /// <summary>context, output, its length, the room for it.</summary>
    public delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint*, nuint, int> Final { get; private set; }

    /// <summary>context, parameters to fill.</summary>
    public delegate* unmanaged[SuppressGCTransition]<nint, CipherParameter*, int> GetParameters { get; private set; }

    /// <summary>context, parameters to take over.</summary>
    public delegate* unmanaged[SuppressGCTransition]<nint, CipherParameter*, int> SetParameters { get; private set; }

    /// <summary>The provider's context.</summary>
    public nint Provider { get; private set; }

    /// <summary>AES-128-GCM and AES-256-GCM; null where the library has no providers (OpenSSL 1.1) or keeps them to itself.</summary>
    public static ProviderCipher? Aes128Gcm { get; } = Find("AES-128-GCM");

    /// <summary>As <see cref="Aes128Gcm"/>.</summary>
    public static ProviderCipher? Aes256Gcm { get; } = Find("AES-256-GCM");

    private bool IsComplete => NewContext != null && FreeContext != null && EncryptInit != null && DecryptInit != null && Update != null && Final != null && GetParameters != null && SetParameters != null;

    private static ProviderCipher? Find(string name)
    {
        bool complete = LibCrypto.IsLoaded;
        var fetch = (delegate* unmanaged<nint, byte*, byte*, nint>)LibCrypto.Find("EVP_CIPHER_fetch", ref complete);
        var providerOf = (delegate* unmanaged<nint, nint>)LibCrypto.Find("EVP_CIPHER_get0_provider", ref complete);
        var contextOf = (delegate* unmanaged<nint, nint>)LibCrypto.Find("OSSL_PROVIDER_get0_provider_ctx", ref complete);
        var query = (delegate* unmanaged<nint, int, int*, Algorithm*>)LibCrypto.Find("OSSL_PROVIDER_query_operation", ref complete);
        if (!complete)
            return null;
        nint text = Marshal.StringToCoTaskMemUTF8(name);
        // Kept for the life of the process: so is its provider.
        nint fetched = fetch(0, (byte*)text, null);
        Marshal.FreeCoTaskMem(text);
        if (fetched == 0)
        {
            LibCrypto.ClearErrors();
            return null;
        }

        nint provider = providerOf(fetched);
        int doNotKeep;
        Algorithm* algorithms = provider == 0 ? null : query(provider, CipherOperation, &doNotKeep);
        for (; algorithms != null && algorithms->Names != 0; algorithms++)
        {
            // Several names of one cipher stand in a row, with colons between.
            if (Marshal.PtrToStringUTF8(algorithms->Names)!.Split(':').Contains(name, StringComparer.OrdinalIgnoreCase))
                return Read(algorithms->Functions, contextOf(provider));
        }

        return null;
    }

    private static ProviderCipher? Read(Function* function, nint provider)
    {
        ProviderCipher cipher = new() { Provider = provider };
        for (; function->Number != 0; function++)
        {
            void* entry = function->Entry;
            switch (function->Number)
            {
                case FunctionNewContext: cipher.NewContext = (delegate* unmanaged<nint, nint>)entry; break;
                case FunctionFreeContext: cipher.FreeContext = (delegate* unmanaged<nint, void>)entry; break;
                case FunctionEncryptInit: cipher.EncryptInit = (delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, byte*, nuint, CipherParameter*, int>)entry; break;
                case FunctionDecryptInit: cipher.DecryptInit = (delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint, byte*, nuint, CipherParameter*, int>)entry; break;
                case FunctionUpdate: cipher.Update = (delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint*, nuint, byte*, nuint, int>)entry; break;
                case FunctionFinal: cipher.Final = (delegate* unmanaged[SuppressGCTransition]<nint, byte*, nuint*, nuint, int>)entry; break;
                case FunctionGetContextParameters: cipher.GetParameters = (delegate* unmanaged[SuppressGCTransition]<nint, CipherParameter*, int>)entry; break;
                case FunctionSetContextParameters: cipher.SetParameters = (delegate* unmanaged[SuppressGCTransition]<nint, CipherParameter*, int>)entry; break;
            }
        }

        return cipher.IsComplete ? cipher : null;
    }

    // OSSL_ALGORITHM
    [StructLayout(LayoutKind.Sequential)]
    private struct Algorithm
    {
        internal nint Names;
        internal nint Properties;
        internal Function* Functions;
        internal nint Description;
    }

    // OSSL_DISPATCH
    [StructLayout(LayoutKind.Sequential)]
    private struct Function
    {
        internal int Number;
        internal void* Entry;
    }
}
