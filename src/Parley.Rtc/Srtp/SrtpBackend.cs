namespace Parley.Rtc.Srtp;

/// <summary>Which implementation of AES and HMAC an association uses.</summary>
public enum SrtpBackend : byte
{
    /// <summary><see cref="Native"/> where the process has it, else <see cref="Portable"/>.</summary>
    Automatic,

    /// <summary>The class library: everywhere, and the oracle of the tests.</summary>
    Portable,

    /// <summary>OpenSSL's EVP functions called directly, with one context for each direction.</summary>
    Native,
}
