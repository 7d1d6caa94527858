using Parley.Rtc.Srtp;

namespace Parley.Sfu.Transports;

/// <summary>
/// One DTLS association as the media server sees it: datagrams in, datagrams out, at last keys. All members are called by the owning shard's thread only and never block;
/// an adapter may work on threads of its own behind them.
/// </summary>
public interface IDtlsEndpoint : IDisposable
{
    /// <summary>Where the association stands.</summary>
    DtlsState State { get; }

    /// <summary>The keys, once <see cref="State"/> is <see cref="DtlsState.Connected"/>; null before.</summary>
    SrtpKeys? Keys { get; }

    /// <summary>Takes one datagram whose first byte is 20 to 63. Copies what it keeps; drops when its bounded queue is full.</summary>
    void Feed(ReadOnlySpan<byte> datagram);

    /// <summary>Takes the next datagram to send, at most 1,500 bytes; false when there is none.</summary>
    bool TryGetOutgoing(Span<byte> destination, out int length);

    /// <summary>The peer has proven, by an authenticated SRTP packet, that it holds our last flight: what is kept for retransmission may go.</summary>
    void Confirm();
}
