using System.Net;
using System.Net.Sockets;
using Parley.Net.Clocks;
using Parley.Net.Linux;
using Parley.Net.Loops;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Net.Clients;

/// <summary>The sockets of a set on Linux: one epoll over all, a <c>recvmmsg</c> for each that is ready, one send batch that they use in turn.</summary>
internal sealed class LinuxSocketSet : IDisposable
{
    private const int ReadyPerTurn = 64;
    private const ulong WakeKey = ulong.MaxValue;

    // A peer on another machine costs a server nothing when it wakes up; here the sender's processor wakes us, at some microseconds each time. So we are awake seldom.
    private static readonly GatherPause Gather = new(TimeSpan.FromMicroseconds(300));

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly LinuxUdpSocket[] _sockets;
    private readonly EpollSet _epoll = new(ReadyPerTurn);
    private readonly EventFdWake _wakePort = new();
    private readonly PacketPool _pool = new(ReceiveBatch.Size);
    private readonly SelectedSocket _selected = new();
    private readonly ReceiveBatch _receive;
    private readonly SendBatch<SelectedSendCalls> _send;

    public LinuxSocketSet(IPAddress bind, int count, int bufferBytes, LoopCounters counters)
    {
        Wake = new WakeLatch(_wakePort);
        _sockets = new LinuxUdpSocket[count];
        _receive = new ReceiveBatch(_pool, counters, withArrivals: true);
        _send = new SendBatch<SelectedSendCalls>(
            new SelectedSendCalls(_selected), bind.AddressFamily == AddressFamily.InterNetworkV6, SendMethod.Segmented, counters);
        try
        {
            _epoll.Add(_wakePort.Descriptor, LinuxConstants.EpollIn, WakeKey);
            for (int i = 0; i < count; i++)
            {
                _sockets[i] = LinuxUdpSocket.Open(new IPEndPoint(bind, 0), bufferBytes);
                _sockets[i].AskArrivals();
                _epoll.Add(_sockets[i].Descriptor, LinuxConstants.EpollIn, (ulong)i);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Wakes the turn.</summary>
    public WakeLatch Wake { get; }

    /// <summary>The bound address and port of a socket.</summary>
    public IPEndPoint LocalEndPoint(int socket) => _sockets[socket].LocalEndPoint;

    /// <summary>Room for a datagram from a socket; what another socket has written goes out before.</summary>
    public Span<byte> Reserve(int socket, int length)
    {
        if (_selected.Index != socket)
            Select(socket);
        return _send.Reserve(length);
    }

    /// <summary>Takes the datagram in the room.</summary>
    public void Commit(in TransportAddress destination, int length) => _send.Commit(in destination, length);

    /// <summary>Sends what is written. A client's backlog is not kept: its socket's buffer is its own, and the next socket waits for the batch.</summary>
    public void Flush()
    {
        _send.Flush();
        if (_send.IsCongested)
            _send.Abandon();
    }

    /// <summary>One turn.</summary>
    public void Turn<THandler>(MonotonicTime until, ref THandler handler)
        where THandler : struct, IClientHandler
    {
        Flush();
        MonotonicTime before = MonotonicClock.Shared.Now;
        int ready = _epoll.Wait(WaitTime.Milliseconds(until, before));
        if (ready > 0)
            Gather.After(MonotonicClock.Shared.Now - before);
        for (int i = 0; i < ready; i++)
        {
            ulong key = _epoll.Key(i);
            if (key == WakeKey)
            {
                _wakePort.Clear();
                Wake.Reset();
            }
            else
            {
                Receive((int)key, ref handler);
            }
        }

        Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _epoll.Dispose();
        _wakePort.Dispose();
        foreach (LinuxUdpSocket? socket in _sockets)
            socket?.Dispose();
        _receive.Dispose();
        _send.Dispose();
    }

    private void Select(int socket)
    {
        Flush();
        _selected.Index = socket;
        _selected.Descriptor = _sockets[socket].Descriptor;
    }

    private void Receive<THandler>(int socket, ref THandler handler)
        where THandler : struct, IClientHandler
    {
        int received = _receive.Receive(_sockets[socket]);
        MonotonicTime now = MonotonicClock.Shared.Now;
        DateTime timeOfDay = DateTime.UtcNow;
        for (int i = 0; i < received; i++)
        {
            if (_receive.TryGet(i, out TransportAddress source, out int slot, out int length))
                handler.HandleDatagram(socket, source, now - Waited(timeOfDay, _receive.Arrival(i)), _pool.Bytes(slot)[..length]);
            _receive.Rebind(i);
        }
    }

    // A datagram's delay ends when it arrives, not when a thread with hundreds of sockets comes round to it. A time of day may be set meanwhile: what cannot be is not believed.
    private static TimeSpan Waited(DateTime now, DateTime? arrival)
    {
        TimeSpan waited = now - (arrival ?? now);
        return waited > TimeSpan.Zero && waited < LongestWait ? waited : TimeSpan.Zero;
    }
}
