using Parley.Rtc.Primitives;

namespace Parley.Net.Clients;

/// <summary>What takes the datagrams of a <see cref="UdpSocketSet"/>; a struct, so that calls are direct.</summary>
public interface IClientHandler
{
    /// <summary>Takes a datagram that socket number <paramref name="socket"/> received. The bytes are the handler's to change (decrypt) until it returns.</summary>
    void HandleDatagram(int socket, TransportAddress source, MonotonicTime arrival, Span<byte> datagram);
}
