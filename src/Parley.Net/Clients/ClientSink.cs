using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Net.Clients;

/// <summary>Sends from one socket of a set. Datagrams of one socket after another go out together: do not alternate between sockets datagram by datagram.</summary>
public readonly struct ClientSink : IDatagramSink
{
    private readonly UdpSocketSet _set;
    private readonly int _socket;

    internal ClientSink(UdpSocketSet set, int socket)
    {
        _set = set;
        _socket = socket;
    }

    /// <inheritdoc />
    public Span<byte> Reserve(int length) => _set.Reserve(_socket, length);

    /// <inheritdoc />
    public void Commit(in TransportAddress destination, int length) => _set.Commit(_socket, in destination, length);

    /// <inheritdoc />
    public void Pace()
    {
    }
}
