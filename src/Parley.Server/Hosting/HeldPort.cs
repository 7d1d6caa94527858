using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Hosting;

/// <summary>
/// A TCP port of loopback that nobody else is given while this lives. Its socket is bound and does not listen, so that whoever is told the port can listen on it meanwhile
/// (both sockets have SO_REUSEADDR, which the class library sets on Unix). Windows does not allow that: there the port is only likely to stay free.
/// </summary>
public sealed class HeldPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Takes a port.</summary>
    /// <param name="wanted">Which; 0: any free one.</param>
    /// <exception cref="SocketException">The wanted port is in use.</exception>
    public HeldPort(int wanted = 0)
    {
        try
        {
            _socket.Bind(new IPEndPoint(IPAddress.Loopback, wanted));
            Port = ((IPEndPoint)_socket.LocalEndPoint!).Port;
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        if (OperatingSystem.IsWindows())
            _socket.Dispose();
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();
}
