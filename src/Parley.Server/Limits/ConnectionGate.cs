using System.Net;
using Parley.Server.Configuration;
using Parley.Server.Problems;

namespace Parley.Server.Limits;

/// <summary>Bounds how many connections to the hub are open at once, of each address and of all: one that never says anything costs memory too.</summary>
internal sealed class ConnectionGate(NodeOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _open = [];
    private int _total;

    /// <summary>Connections that are open now.</summary>
    public int Total
    {
        get
        {
            lock (_lock)
                return _total;
        }
    }

    /// <summary>Counts a connection in; every one that got in is to be counted out with <see cref="Leave"/>.</summary>
    /// <exception cref="ProblemException">Its address, or the node, has as many as it may have.</exception>
    public void Enter(IPAddress? from)
    {
        IPAddress network = AddressLimiter.Network(from);
        int most = IPAddress.IsLoopback(network) ? options.Limits.Connections * options.Limits.LoopbackFactor : options.Limits.Connections;
        lock (_lock)
        {
            if (_total >= options.MaximumConnections)
                throw Refusals.NodeFull();
            int open = _open.GetValueOrDefault(network);
            if (open >= most)
                throw Refusals.TooMany("This address has many connections open.");
            _open[network] = open + 1;
            _total++;
        }
    }

    /// <summary>Counts a connection out.</summary>
    public void Leave(IPAddress? from)
    {
        IPAddress network = AddressLimiter.Network(from);
        lock (_lock)
        {
            _total--;
            if (--_open[network] == 0)
                _open.Remove(network);
        }
    }
}
