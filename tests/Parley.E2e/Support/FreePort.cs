using System.Net;
using System.Net.Sockets;

namespace Parley.E2e.Support;

/// <summary>Ports that nobody uses at the moment.</summary>
internal static class FreePort
{
    // Below the range from which browsers and nodes are given the ports of their own connections.
    private const int First = 15_000;
    private const int Last = 31_000;

    public static int Tcp()
    {
        while (true)
        {
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            int port = Random.Shared.Next(First, Last);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // In use: another.
            }
        }
    }

    public static int Udp()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
