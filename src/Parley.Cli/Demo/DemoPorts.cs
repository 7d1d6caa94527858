using System.Net;
using System.Net.Sockets;

namespace Parley.Cli.Demo;

/// <summary>Finds TCP ports on loopback for the demo's nodes and holds them until they start, so that two never get the same.</summary>
internal sealed class DemoPorts : IDisposable
{
    private readonly List<TcpListener> _held = [];

    /// <summary>The wanted port when it is free, so that links outlive a restart; else any free one.</summary>
    public int Take(int wanted)
    {
        try
        {
            return Hold(wanted);
        }
        catch (SocketException) when (wanted != 0)
        {
            return Hold(0);
        }
    }

    /// <summary>Lets the ports go.</summary>
    public void Dispose()
    {
        foreach (TcpListener listener in _held)
            listener.Dispose();
        _held.Clear();
    }

    private int Hold(int port)
    {
        TcpListener listener = new(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch
        {
            listener.Dispose();
            throw;
        }

        _held.Add(listener);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
