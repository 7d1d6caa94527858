using System.Net;
using System.Net.Sockets;

namespace Parley.Server.Tunnel;

/// <summary>A UDP socket on loopback that leads to one shard of this node and nowhere else: the kernel knows no other way for it.</summary>
internal sealed class ShardSocket : IDisposable
{
    // Holds a quarter of a second of a good picture; what a slow client does not take is dropped here, by the kernel.
    private const int BufferBytes = 256 * 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    /// <summary>Binds any free port of loopback.</summary>
    public ShardSocket()
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Blocking = false;
        _socket.ReceiveBufferSize = BufferBytes;
        Port = (ushort)((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    /// <summary>Its own port.</summary>
    public ushort Port { get; }

    /// <summary>Leads it to a shard, once.</summary>
    public void Lead(int shardPort) => _socket.Connect(new IPEndPoint(IPAddress.Loopback, shardPort));

    /// <summary>Sends a datagram; false when there is no room for it, or no shard.</summary>
    public bool Send(ReadOnlySpan<byte> datagram)
    {
        _socket.Send(datagram, SocketFlags.None, out SocketError error);
        return error == SocketError.Success;
    }

    /// <summary>Waits for a datagram.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellation) => _socket.ReceiveAsync(buffer, SocketFlags.None, cancellation);

    /// <summary>Takes another datagram, if one is there.</summary>
    public bool TryReceive(Span<byte> buffer, out int length)
    {
        length = _socket.Receive(buffer, SocketFlags.None, out SocketError error);
        return error == SocketError.Success;
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();
}
