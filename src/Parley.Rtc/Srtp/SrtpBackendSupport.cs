using Parley.Rtc.Srtp.Ciphers;

namespace Parley.Rtc.Srtp;

/// <summary>What this process can offer.</summary>
public static class SrtpBackendSupport
{
    /// <summary>Whether OpenSSL was found and its results equal the class library's; decided once, at first use.</summary>
    public static bool IsNativeAvailable => NativeSelfTest.Passed;

    /// <summary>Whether <paramref name="backend"/> means the native one here.</summary>
    /// <exception cref="PlatformNotSupportedException"><see cref="SrtpBackend.Native"/> is asked for and missing.</exception>
    internal static bool UsesNative(SrtpBackend backend) => backend switch
    {
        SrtpBackend.Portable => false,
        SrtpBackend.Native when !IsNativeAvailable => throw new PlatformNotSupportedException("No usable OpenSSL library in this process."),
        _ => IsNativeAvailable,
    };
}
