using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Parley.Net.Linux;

/// <summary>Error numbers, the same on x64 and arm64.</summary>
internal static class Errno
{
    internal const int Interrupted = 4;
    internal const int TryAgain = 11;
    internal const int Invalid = 22;
    internal const int NotImplemented = 38;
    internal const int AccessDenied = 13;
    internal const int AddressFamilyNotSupported = 97;
    internal const int AddressInUse = 98;
    internal const int AddressNotAvailable = 99;
    internal const int NetworkUnreachable = 101;
    internal const int ConnectionRefused = 111;
    internal const int HostUnreachable = 113;

    /// <summary>The class library's exception for the last failed call.</summary>
    internal static SocketException LastError(string call)
    {
        int error = Marshal.GetLastPInvokeError();
        SocketError code = error switch
        {
            AccessDenied => SocketError.AccessDenied,
            AddressFamilyNotSupported => SocketError.AddressFamilyNotSupported,
            AddressInUse => SocketError.AddressAlreadyInUse,
            AddressNotAvailable => SocketError.AddressNotAvailable,
            _ => SocketError.SocketError,
        };
        return new SocketException((int)code, $"{call}: {Marshal.GetPInvokeErrorMessage(error)}");
    }
}
