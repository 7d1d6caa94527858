using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Hosting;

/// <summary>Finds TCP ports that are free on loopback.</summary>
internal static class FreePorts
{
    /// <summary>Finds two.</summary>
    public static (int First, int Second) TwoOnLoopback()
    {
        using TcpListener first = new(IPAddress.Loopback, 0);
        using TcpListener second = new(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
