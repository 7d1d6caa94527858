using Parley.Rtc.Primitives;

namespace Parley.Sfu.Packets;

/// <summary>
/// Where a shard's core writes the datagrams that it sends; implemented by a struct of the shell, so that calls are inlined. A datagram is reserved, filled and committed
/// before the next is reserved; the shell sends committed ones in batches, in order for each destination.
/// </summary>
public interface IDatagramSink
{
    /// <summary>Room for a datagram of at most <paramref name="length"/> bytes (never above 1,500 plus the SRTP trailer); empty when the shell is congested and this datagram must be dropped.</summary>
    Span<byte> Reserve(int length);

    /// <summary>Hands over the first <paramref name="length"/> bytes of the reserved room, to be sent to <paramref name="destination"/>. A reserved datagram that is not committed is forgotten.</summary>
    void Commit(in TransportAddress destination, int length);

    /// <summary>Says that the next datagram is for somebody else than the last: a good moment to send what waits, if that is much.</summary>
    void Pace();
}
