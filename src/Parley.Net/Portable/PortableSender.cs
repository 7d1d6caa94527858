using System.Net;
using System.Net.Sockets;
using Parley.Net.Loops;
using Parley.Rtc.Primitives;

namespace Parley.Net.Portable;

/// <summary>Sends each datagram as it is committed, without allocating and without waiting: while the system takes no more, datagrams are dropped and counted.</summary>
internal sealed class PortableSender(Socket socket, LoopCounters counters)
{
    private const int MaximumLength = 2048;

    private readonly byte[] _room = GC.AllocateUninitializedArray<byte>(MaximumLength, pinned: true);
    private readonly SocketAddress _address = PortableAddressCodec.Make(socket.AddressFamily);
    private TransportAddress _written;

    /// <summary>Whether the system took no more at the last try.</summary>
    public bool IsCongested { get; private set; }

    /// <summary>Room for a datagram; empty when it must be dropped.</summary>
    public Span<byte> Reserve(int length)
    {
        if ((uint)length > MaximumLength)
        {
            counters.Drop(ShellDropReason.Oversize);
            return default;
        }

        // A refused send is an exception here, which costs far more than asking.
        if (!IsCongested || TryRecover())
            return _room.AsSpan(0, length);
        counters.Drop(ShellDropReason.Congested);
        return default;
    }

    /// <summary>Sends the datagram in the room.</summary>
    public void Commit(in TransportAddress destination, int length)
    {
        if (_written != destination)
        {
            if (!PortableAddressCodec.TryWrite(_address, in destination))
            {
                counters.Drop(ShellDropReason.Unroutable);
                return;
            }

            _written = destination;
        }

        Send(length);
    }

    private bool TryRecover() => !(IsCongested = !socket.Poll(0, SelectMode.SelectWrite));

    private void Send(int length)
    {
        counters.SendCalls++;
        try
        {
            counters.BytesSent += socket.SendTo(_room.AsSpan(0, length), SocketFlags.None, _address);
            counters.DatagramsSent++;
        }
        catch (SocketException exception)
        {
            CountFailure(exception.SocketErrorCode);
        }
    }

    private void CountFailure(SocketError error)
    {
        switch (error)
        {
            case SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable:
                IsCongested = true;
                counters.Drop(ShellDropReason.Congested);
                break;
            case SocketError.ConnectionRefused or SocketError.ConnectionReset:
                counters.IcmpErrors++;
                counters.Drop(ShellDropReason.SendFailed);
                break;
            case SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.AddressFamilyNotSupported:
                counters.Drop(ShellDropReason.Unroutable);
                break;
            default:
                counters.Drop(ShellDropReason.SendFailed);
                break;
        }
    }
}
