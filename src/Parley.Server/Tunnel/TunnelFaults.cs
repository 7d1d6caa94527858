using System.Net.Sockets;

namespace Parley.Server.Tunnel;

/// <summary>How connections end.</summary>
internal static class TunnelFaults
{
    /// <summary>Whether an exception only says that a connection or socket has ended.</summary>
    public static bool IsEnd(Exception fault) => fault is OperationCanceledException or IOException or SocketException or ObjectDisposedException;
}
