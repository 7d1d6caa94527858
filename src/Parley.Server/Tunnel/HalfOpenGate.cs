using System.Net;
using Microsoft.AspNetCore.Connections;
using Parley.Server.Configuration;
using Parley.Server.Limits;

namespace Parley.Server.Tunnel;

/// <summary>
/// Bounds the connections to the node's TCP ports that have not said what they are for: in number, of each address and of all, and in time. When there are too many the oldest is given up, so that
/// who holds many open keeps nobody else out. Safe from any thread.
/// </summary>
internal sealed class HalfOpenGate(NodeOptions options, TunnelCounters counters, TimeProvider time)
{
    /// <summary>The most of all: with some 20 kB each they take 20 MB.</summary>
    public const int Most = 1024;

    /// <summary>The most of one address; loopback has as many as all.</summary>
    public const int MostOfAddress = 128;

    /// <summary>How long a connection may be silent: browsers open some before they need them.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>How long it may take from its first byte until the next thing is known of it: TLS, then what is within, then a TURN allocation.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly LinkedList<HalfOpen> _all = [];
    private readonly Dictionary<IPAddress, LinkedList<HalfOpen>> _clients = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _all.Count;
        }
    }

    private int MostOfLoopback => Math.Min(Most, MostOfAddress * options.Limits.LoopbackFactor);

    /// <summary>Counts a connection in.</summary>
    public HalfOpen Enter(ConnectionContext connection)
    {
        IPAddress network = AddressLimiter.Network((connection.RemoteEndPoint as IPEndPoint)?.Address);
        HalfOpen entered = new(this, connection, network, time.GetTimestamp());
        HalfOpen? evicted;
        lock (_lock)
        {
            if (!_clients.TryGetValue(network, out LinkedList<HalfOpen>? client))
                _clients[network] = client = [];
            evicted = client.Count >= (IPAddress.IsLoopback(network) ? MostOfLoopback : MostOfAddress) ? client.First!.Value : _all.Count >= Most ? _all.First!.Value : null;
            if (evicted is not null)
                Remove(evicted);
            entered.Place = _all.AddLast(entered);

            // The evicted one may have been the last of this client.
            _clients[network] = client;
            entered.PlaceOfClient = client.AddLast(entered);
        }

        if (evicted is not null)
            GiveUp(evicted, TunnelReasons.TooManyOpen);
        return entered;
    }

    /// <summary>Its first byte came.</summary>
    public void Begin(HalfOpen entry) => entry.Begin(time.GetTimestamp());

    /// <summary>It has made its way through TLS and is silent again.</summary>
    public void Pause(HalfOpen entry) => entry.Pause(time.GetTimestamp());

    /// <summary>Counts a connection out; nothing happens when it is out.</summary>
    public void Leave(HalfOpen entry)
    {
        lock (_lock)
            Remove(entry);
    }

    /// <summary>Gives up those whose time is over.</summary>
    public void Sweep()
    {
        List<HalfOpen>? late = null;
        lock (_lock)
        {
            foreach (HalfOpen entry in _all)
            {
                if (time.GetElapsedTime(entry.Since) > (entry.HasBegun ? Patience : Silence))
                    (late ??= []).Add(entry);
            }

            late?.ForEach(Remove);
        }

        late?.ForEach(entry => GiveUp(entry, entry.HasBegun ? TunnelReasons.TooSlow : null));
    }

    /// <summary>Gives all of them up: the node stops.</summary>
    public void Clear()
    {
        HalfOpen[] all;
        lock (_lock)
        {
            all = [.. _all];
            foreach (HalfOpen entry in all)
                Remove(entry);
        }

        foreach (HalfOpen entry in all)
            entry.Abort();
    }

    private void GiveUp(HalfOpen entry, string? reason)
    {
        if (reason is not null)
            counters.Refuse(reason);
        entry.Abort();
    }

    private void Remove(HalfOpen entry)
    {
        if (entry.Place is null)
            return;
        _all.Remove(entry.Place);
        entry.Place = null;
        LinkedList<HalfOpen> client = _clients[entry.Network];
        client.Remove(entry.PlaceOfClient!);
        if (client.Count == 0)
            _clients.Remove(entry.Network);
    }
}
