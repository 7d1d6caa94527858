using System.Collections.Concurrent;
using System.Net;
using Parley.Net.Clients;
using Parley.Net.Clocks;
using Parley.Rtc.Primitives;

namespace Parley.Cli.Load.Peers;

/// <summary>The thread on which all peers of a load run live, each with a socket of its own.</summary>
public sealed class LoadLoop : IDisposable
{
    // Checks and frames are due to the millisecond; more often would cost the load what it is to measure.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly UdpSocketSet _sockets;
    private readonly LoadPeer?[] _peers;
    private readonly ConcurrentQueue<Action> _work = new();
    private readonly Thread _thread;
    private volatile bool _stopping;
    private int _count;

    /// <summary>Starts the thread with room for <paramref name="capacity"/> peers.</summary>
    public LoadLoop(IPAddress local, int capacity)
    {
        _sockets = new(local, capacity);
        _peers = new LoadPeer?[capacity];
        _thread = new Thread(Run) { Name = "parley-load", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Makes the thread look at its peers soon; from any thread.</summary>
    public void Wake() => _sockets.Wake();

    /// <summary>Gives a peer to the thread; from any thread.</summary>
    public void Add(LoadPeer peer) => Post(() => _peers[_count++] = peer);

    /// <summary>Does something on the thread, where the peers' figures stand still, and returns when it is done.</summary>
    public Task RunOnLoopAsync(Action action, CancellationToken cancellation)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            action();
            done.SetResult();
        });
        return done.Task.WaitAsync(cancellation);
    }

    /// <summary>Ends the thread and all peers.</summary>
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
            MonotonicTime now = MonotonicClock.Shared.Now;
            _sockets.Turn(HandleTimeouts(now), ref handler);
        }
    }

    /// <summary>Does what is due for every peer; the time until which nothing else is.</summary>
    private MonotonicTime HandleTimeouts(MonotonicTime now)
    {
        MonotonicTime next = now + TimeSpan.FromSeconds(1);
        for (int i = 0; i < _count; i++)
        {
            LoadPeer peer = _peers[i]!;
            if (peer.NextDeadline <= now || peer.Handshaking)
            {
                ClientSink sink = _sockets.Sink(i);
                peer.HandleTimeout(now, ref sink);
            }

            next = MonotonicTime.Earlier(next, peer.NextDeadline);
        }

        return next > now ? next : now + Tick;
    }

    private readonly struct Handler(LoadLoop loop) : IClientHandler
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
