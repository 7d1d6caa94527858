namespace Parley.Net.Tests.Kit;

/// <summary>A plain loopback UDP socket that waits at most some seconds.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[65_536];
    private readonly SocketAddress _target;

    public Peer(IPAddress loopback, int targetPort)
    {
        _socket = new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5000, ReceiveBufferSize = 1 << 20 };
        _socket.Bind(new IPEndPoint(loopback, 0));
        _target = new IPEndPoint(loopback, targetPort).Serialize();
    }

    public TransportAddress Address => TransportAddress.From((IPEndPoint)_socket.LocalEndPoint!);

    public void Send(ReadOnlySpan<byte> datagram) => _socket.SendTo(datagram, SocketFlags.None, _target);

    public ReadOnlySpan<byte> Receive() => _buffer.AsSpan(0, _socket.Receive(_buffer));

    public bool HasMore => _socket.Available > 0;

    public void Dispose() => _socket.Dispose();
}
