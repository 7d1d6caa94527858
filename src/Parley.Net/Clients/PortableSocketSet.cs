using System.Net;
using System.Net.Sockets;
using Parley.Net.Clocks;
using Parley.Net.Loops;
using Parley.Net.Portable;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Net.Clients;

/// <summary>The sockets of a set on any system: <c>select</c> over all, a system call a datagram.</summary>
internal sealed class PortableSocketSet : IDisposable
{
    private const int DatagramsPerSocket = 64;
    private const int MicrosecondsPerMillisecond = 1000;

    private readonly Socket[] _sockets;
    private readonly PortableReceiver[] _receivers;
    private readonly PortableSender[] _senders;
    private readonly Dictionary<Socket, int> _indexes;
    private readonly List<Socket> _readable;
    private readonly LoopbackWake _wakePort = new();
    private readonly PacketPool _pool = new(1);

    public PortableSocketSet(IPAddress bind, int count, int bufferBytes, LoopCounters counters)
    {
        Wake = new WakeLatch(_wakePort);
        _sockets = new Socket[count];
        try
        {
            for (int i = 0; i < count; i++)
                _sockets[i] = PortableUdpSocket.Open(new IPEndPoint(bind, 0), bufferBytes);
        }
        catch
        {
            Dispose();
            throw;
        }

        _receivers = Array.ConvertAll(_sockets, socket => new PortableReceiver(socket, _pool, counters));
        _senders = Array.ConvertAll(_sockets, socket => new PortableSender(socket, counters));
        _indexes = Enumerable.Range(0, count).ToDictionary(index => _sockets[index]);
        _readable = new List<Socket>(count + 1);
    }

    /// <summary>Wakes the turn.</summary>
    public WakeLatch Wake { get; }

    /// <summary>The bound address and port of a socket.</summary>
    public IPEndPoint LocalEndPoint(int socket) => (IPEndPoint)_sockets[socket].LocalEndPoint!;

    /// <summary>Room for a datagram from a socket.</summary>
    public Span<byte> Reserve(int socket, int length) => _senders[socket].Reserve(length);

    /// <summary>Sends the datagram in the room.</summary>
    public void Commit(int socket, in TransportAddress destination, int length) => _senders[socket].Commit(in destination, length);

    /// <summary>One turn.</summary>
    public void Turn<THandler>(MonotonicTime until, ref THandler handler)
        where THandler : struct, IClientHandler
    {
        _readable.Clear();
        _readable.Add(_wakePort.Socket);
        _readable.AddRange(_sockets);
        Socket.Select(_readable, null, null, WaitTime.Milliseconds(until, MonotonicClock.Shared.Now) * MicrosecondsPerMillisecond);
        foreach (Socket socket in _readable)
        {
            if (_indexes.TryGetValue(socket, out int index))
            {
                Receive(index, ref handler);
                continue;
            }

            _wakePort.Clear();
            Wake.Reset();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _wakePort.Dispose();
        foreach (Socket? socket in _sockets)
            socket?.Dispose();
    }

    private void Receive<THandler>(int index, ref THandler handler)
        where THandler : struct, IClientHandler
    {
        for (int i = 0; i < DatagramsPerSocket && (i == 0 || _sockets[index].Available > 0); i++)
        {
            if (_receivers[index].TryReceive(out TransportAddress source, out int slot, out int length))
                handler.HandleDatagram(index, source, MonotonicClock.Shared.Now, _pool.Bytes(slot)[..length]);
            if (slot >= 0)
                _pool.Release(slot);
        }
    }
}
