using System.Net;
using System.Net.Sockets;
using Parley.Net.Loops;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Net.Portable;

/// <summary>A shard's loop on any system: waits with <c>select</c> for its socket, its wake-up or the next deadline; otherwise the turns of the Linux loop, a system call a datagram.</summary>
internal sealed class PortableShardLoop<TEngine> : IShardLoop
    where TEngine : IShardEngine
{
    private const int DatagramsPerTurn = 256;
    private const int MicrosecondsPerMillisecond = 1000;

    private readonly Socket _socket;
    private readonly LoopbackWake _wakePort;
    private readonly PacketPool _pool;
    private readonly PortableReceiver _receiver;
    private readonly PortableSender _sender;
    private readonly LoopDriver<TEngine> _driver;
    private readonly List<Socket> _readable = new(2);

    /// <summary>Takes over an open socket and wake-up, and starts nothing yet.</summary>
    public PortableShardLoop(Socket socket, LoopbackWake wakePort, WakeLatch wake, PacketPool pool, LoopCounters counters, LoopDriver<TEngine> driver)
    {
        _socket = socket;
        _wakePort = wakePort;
        _pool = pool;
        _driver = driver;
        Wake = wake;
        Counters = counters;
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _receiver = new PortableReceiver(socket, pool, counters);
        _sender = new PortableSender(socket, counters);
    }

    /// <inheritdoc />
    public IPEndPoint LocalEndPoint { get; }

    /// <inheritdoc />
    public LoopCounters Counters { get; }

    /// <inheritdoc />
    public WakeLatch Wake { get; }

    /// <inheritdoc />
    public void Run(StopFlag stop)
    {
        var sink = new PortableSink(_sender);
        MonotonicTime lookedAt = _driver.Now;
        while (!stop.IsRaised)
        {
            if (Wait(_driver.NextWake(_driver.Now), ref lookedAt))
                Receive(ref sink);
            _driver.RunTurn(ref sink);
        }

        _driver.Finish(ref sink);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _wakePort.Dispose();
        _socket.Dispose();
    }

    private bool Wait(MonotonicTime until, ref MonotonicTime lookedAt)
    {
        MonotonicTime before = _driver.Now;
        Counters.Gap(before - lookedAt);
        _readable.Clear();
        _readable.Add(_socket);
        _readable.Add(_wakePort.Socket);
        try
        {
            Socket.Select(_readable, null, null, WaitTime.Milliseconds(until, before) * MicrosecondsPerMillisecond);
        }
        catch (SocketException)
        {
            // A pending error of the socket: receiving takes it.
            Counters.ReceiveErrors++;
        }

        MonotonicTime after = _driver.Now;
        Counters.Gap(WaitTime.Lateness(before, until, after));
        lookedAt = after;
        if (_readable.Contains(_wakePort.Socket))
        {
            _wakePort.Clear();
            Wake.Reset();
        }

        return _readable.Contains(_socket);
    }

    private void Receive(ref PortableSink sink)
    {
        // The first is known to be there; an empty one has nothing available but is one.
        for (int i = 0; i < DatagramsPerTurn && (i == 0 || _socket.Available > 0); i++)
        {
            if (_receiver.TryReceive(out TransportAddress source, out int slot, out int length))
                _driver.HandleDatagram(new DatagramMeta(source, _driver.Now), slot, length, ref sink);
            if (slot >= 0)
                _pool.Release(slot);
        }

        _driver.EndBatch(ref sink);
    }
}
