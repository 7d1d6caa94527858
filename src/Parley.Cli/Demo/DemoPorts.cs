using System.Net.Sockets;
using Parley.Server.Hosting;

namespace Parley.Cli.Demo;

/// <summary>Finds TCP ports on loopback for the demo's nodes and holds them until they have started, so that two never get the same.</summary>
internal sealed class DemoPorts : IDisposable
{
    private readonly List<HeldPort> _held = [];

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
        foreach (HeldPort port in _held)
            port.Dispose();
        _held.Clear();
    }

    private int Hold(int wanted)
    {
        HeldPort port = new(wanted);
        _held.Add(port);
        return port.Port;
    }
}
