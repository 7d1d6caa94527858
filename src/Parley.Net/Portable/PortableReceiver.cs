using System.Net;
using System.Net.Sockets;
using Parley.Net.Loops;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Net.Portable;

/// <summary>Receives datagrams one by one into slots of the packet pool, without allocating.</summary>
internal sealed class PortableReceiver(Socket socket, PacketPool pool, LoopCounters counters)
{
    private readonly SocketAddress _address = PortableAddressCodec.Make(socket.AddressFamily);
    private readonly byte[] _spare = new byte[PacketPool.SlotSize];

    /// <summary>Receives a datagram that is known to be there; false when it is dropped. A slot that is not -1 is the caller's to release, either way.</summary>
    public bool TryReceive(out TransportAddress source, out int slot, out int length)
    {
        slot = pool.TryRent();
        source = default;
        counters.ReceiveCalls++;
        if (!TryReceiveInto(slot < 0 ? _spare : pool.Bytes(slot), out length))
            return false;
        counters.DatagramsReceived++;
        counters.BytesReceived += length;
        if (slot < 0)
            return Drop(ShellDropReason.NoBuffer);
        if (length == 0)
            return Drop(ShellDropReason.Empty);
        // A full slot may be the beginning of more: only some systems say so.
        if (length >= PacketPool.SlotSize)
            return Drop(ShellDropReason.Truncated);
        source = PortableAddressCodec.Read(_address);
        return true;
    }

    private bool TryReceiveInto(Span<byte> buffer, out int length)
    {
        length = 0;
        try
        {
            length = socket.ReceiveFrom(buffer, SocketFlags.None, _address);
            return true;
        }
        catch (SocketException exception)
        {
            return TryUnderstand(exception.SocketErrorCode, out length);
        }
    }

    private bool TryUnderstand(SocketError error, out int length)
    {
        length = 0;
        switch (error)
        {
            case SocketError.MessageSize:
                length = PacketPool.SlotSize;
                return true;
            case SocketError.ConnectionReset or SocketError.ConnectionRefused:
                counters.IcmpErrors++;
                return false;
            case SocketError.WouldBlock or SocketError.Interrupted:
                return false;
            default:
                counters.ReceiveErrors++;
                return false;
        }
    }

    private bool Drop(ShellDropReason reason)
    {
        counters.Drop(reason);
        return false;
    }
}
