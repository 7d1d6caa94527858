using System.Collections.Concurrent;
using System.Net;
using Parley.Cli.Load.Peers;
using Parley.Net.Clients;
using Parley.Net.Clocks;
using Parley.NetLab.Network;
using Parley.Rtc.Primitives;

namespace Parley.NetLab.People;

/// <summary>The thread on which one member's peer connections live, each with a UDP socket of the member's namespace. Unlike the load's, connections come and go.</summary>
internal sealed class MemberLoop : IDisposable
{
    private const int Sockets = 32;

    // Checks and frames are due to the millisecond.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);

    private readonly UdpSocketSet _sockets;
    private readonly LoadPeer?[] _peers = new LoadPeer?[Sockets];
    private readonly ConcurrentQueue<Action> _work = new();
    private readonly Thread _thread;
    private volatile bool _stopping;
    private int _next;

    public MemberLoop(NetworkNamespace space, IPAddress local)
    {
        _sockets = space.Run(() => new UdpSocketSet(local, Sockets));
        _thread = new Thread(Run) { Name = "lab-member", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Makes the thread look at its peers soon; from any thread.</summary>
    public void Wake() => _sockets.Wake();

    /// <summary>Gives a peer to the thread.</summary>
    public void Add(LoadPeer peer) => Post(() =>
    {
        // A socket is used again only when its peer is gone: nothing of an old connection reaches a new one.
        do
            _next = (_next + 1) % Sockets;
        while (_peers[_next] is not null);
        _peers[_next] = peer;
    });

    /// <summary>Ends a peer.</summary>
    public void Remove(LoadPeer peer) => Post(() =>
    {
        int at = Array.IndexOf(_peers, peer);
        if (at < 0)
            return;
        _peers[at] = null;
        peer.Dispose();
    });

    public void Dispose()
    {
        _stopping = true;
        Wake();
        _thread.Join();
        foreach (LoadPeer? peer in _peers)
            peer?.Dispose();
        _sockets.Dispose();
    }

    private void Post(Action action)
    {
        _work.Enqueue(action);
        Wake();
    }

    private void Run()
    {
        Handler handler = new(this);
        while (!_stopping)
        {
            while (_work.TryDequeue(out Action? action))
                action();
            _sockets.Turn(HandleTimeouts(MonotonicClock.Shared.Now), ref handler);
        }
    }

    private MonotonicTime HandleTimeouts(MonotonicTime now)
    {
        MonotonicTime next = now + Idle;
        for (int i = 0; i < _peers.Length; i++)
        {
            if (_peers[i] is not { } peer)
                continue;
            if (peer.NextDeadline <= now || peer.Handshaking)
            {
                ClientSink sink = _sockets.Sink(i);
                peer.HandleTimeout(now, ref sink);
            }

            next = MonotonicTime.Earlier(next, peer.NextDeadline);
        }

        return next > now ? next : now + Tick;
    }

    private readonly struct Handler(MemberLoop loop) : IClientHandler
    {
        public void HandleDatagram(int socket, TransportAddress source, MonotonicTime arrival, Span<byte> datagram)
        {
            if (loop._peers[socket] is not { } peer)
                return;
            ClientSink sink = loop._sockets.Sink(socket);
            peer.HandleDatagram(datagram, source, arrival, ref sink);
        }
    }
}
