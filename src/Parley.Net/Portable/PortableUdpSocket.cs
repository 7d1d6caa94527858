using System.Net;
using System.Net.Sockets;

namespace Parley.Net.Portable;

/// <summary>Opens UDP sockets of the class library with the settings of a shard.</summary>
internal static class PortableUdpSocket
{
    // SIO_UDP_CONNRESET: without it Windows turns another peer's ICMP error into a failure to receive.
    private const int WindowsConnectionReset = -1744830452;

    /// <summary>Opens and binds a non-blocking socket; <c>::</c> also receives IPv4.</summary>
    /// <exception cref="SocketException">The address or port cannot be had.</exception>
    public static Socket Open(IPEndPoint local, int bufferBytes)
    {
        var socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        try
        {
            if (local.AddressFamily == AddressFamily.InterNetworkV6)
                socket.DualMode = IPAddress.IPv6Any.Equals(local.Address);
            if (OperatingSystem.IsWindows())
                socket.IOControl(WindowsConnectionReset, [0, 0, 0, 0], null);
            SetBuffers(socket, bufferBytes);
            socket.Bind(local);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Some systems refuse what exceeds their limit instead of granting the limit.
    private static void SetBuffers(Socket socket, int bytes)
    {
        for (; bytes >= 65_536; bytes /= 2)
        {
            try
            {
                socket.ReceiveBufferSize = bytes;
                socket.SendBufferSize = bytes;
                return;
            }
            catch (SocketException)
            {
                continue;
            }
        }
    }
}
