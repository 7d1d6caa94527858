using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Parley.Net.Loops;
using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Net.Linux;

/// <summary>
/// The messages of <c>recvmmsg</c>, bound ahead to slots of the packet pool. Where the pool has none left a message is bound to a spare buffer, so that the socket is still emptied and the
/// datagram counted as dropped.
/// </summary>
internal sealed unsafe class ReceiveBatch : IDisposable
{
    /// <summary>Datagrams received by one call.</summary>
    internal const int Size = 64;

    private readonly NativeArray<MultiMessage> _messages = new(Size);
    private readonly NativeArray<IoVector> _vectors = new(Size);
    private readonly NativeArray<byte> _addresses = new(Size * SocketAddressCodec.SpaceBytes);
    private readonly NativeArray<ArrivalControl>? _arrivals;
    private readonly NativeArray<byte> _spare = new(PacketPool.SlotSize);
    private readonly int[] _slots = new int[Size];
    private readonly PacketPool _pool;
    private readonly LoopCounters _counters;
    private int _unbound;

    /// <summary>Makes the messages and rents their slots; <paramref name="withArrivals"/>: with room for the times of arrival, for sockets that give them.</summary>
    public ReceiveBatch(PacketPool pool, LoopCounters counters, bool withArrivals = false)
    {
        _pool = pool;
        _counters = counters;
        _arrivals = withArrivals ? new NativeArray<ArrivalControl>(Size) : null;
        for (int i = 0; i < Size; i++)
        {
            MultiMessage* message = _messages.Pointer + i;
            message->Name = _addresses.Pointer + (i * SocketAddressCodec.SpaceBytes);
            message->NameLength = SocketAddressCodec.SpaceBytes;
            message->Vectors = _vectors.Pointer + i;
            message->VectorCount = 1;
            Bind(i);
        }
    }

    /// <summary>Receives what is there, at most <see cref="Size"/> datagrams, in the order of their arrival.</summary>
    public int Receive(LinuxUdpSocket socket)
    {
        if (_unbound > 0)
            BindAgain();
        _counters.ReceiveCalls++;
        int received = Libc.ReceiveMany(socket.Descriptor, _messages.Pointer, Size, LinuxConstants.MessageDontWait, null);
        if (received >= 0)
            return received;
        CountError(Marshal.GetLastPInvokeError());
        return 0;
    }

    /// <summary>Looks at a received datagram; false when it is dropped. Its slot goes back with <see cref="Rebind"/> either way.</summary>
    public bool TryGet(int index, out TransportAddress source, out int slot, out int length)
    {
        MultiMessage* message = _messages.Pointer + index;
        length = (int)message->Length;
        slot = _slots[index];
        source = default;
        _counters.DatagramsReceived++;
        _counters.BytesReceived += length;
        if (slot < 0)
            return Drop(ShellDropReason.NoBuffer);
        if ((message->Flags & LinuxConstants.MessageTruncated) != 0)
            return Drop(ShellDropReason.Truncated);
        if (length == 0)
            return Drop(ShellDropReason.Empty);
        source = SocketAddressCodec.Read(message->Name);
        return true;
    }

    /// <summary>The time of day at which the kernel received a datagram; null where it is not known.</summary>
    public DateTime? Arrival(int index) => _arrivals is null ? null : _arrivals.Pointer[index].Time;

    /// <summary>Whether a received datagram ends a frame, as far as can be told before it is decrypted.</summary>
    public bool EndsFrame(int index) => FrameEnd.IsAt(new ReadOnlySpan<byte>(_vectors.Pointer[index].Base, (int)_messages.Pointer[index].Length));

    /// <summary>Gives a message's slot back (the engine may have kept it) and binds the next.</summary>
    public void Rebind(int index)
    {
        _messages.Pointer[index].NameLength = SocketAddressCodec.SpaceBytes;
        if (_slots[index] < 0)
            _unbound--;
        else
            _pool.Release(_slots[index]);
        Bind(index);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        for (int i = 0; i < Size; i++)
        {
            if (_slots[i] >= 0)
                _pool.Release(_slots[i]);
        }

        _messages.Dispose();
        _vectors.Dispose();
        _addresses.Dispose();
        _arrivals?.Dispose();
        _spare.Dispose();
    }

    private void Bind(int index)
    {
        int slot = _pool.TryRent();
        _slots[index] = slot;
        IoVector* vector = _vectors.Pointer + index;
        vector->Length = PacketPool.SlotSize;
        if (_arrivals is not null)
        {
            _arrivals.Pointer[index] = default;
            _messages.Pointer[index].Control = _arrivals.Pointer + index;
            _messages.Pointer[index].ControlLength = ArrivalControl.SpaceBytes;
        }

        if (slot < 0)
        {
            _unbound++;
            vector->Base = _spare.Pointer;
            return;
        }

        // The pool's memory is pinned for its life.
        vector->Base = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_pool.Bytes(slot)));
    }

    private void BindAgain()
    {
        for (int i = 0; i < Size && _unbound > 0 && _pool.Available > 0; i++)
        {
            if (_slots[i] >= 0)
                continue;
            _unbound--;
            Bind(i);
        }
    }

    private bool Drop(ShellDropReason reason)
    {
        _counters.Drop(reason);
        return false;
    }

    private void CountError(int error)
    {
        if (error == Errno.ConnectionRefused)
            _counters.IcmpErrors++;
        else if (error is not (Errno.TryAgain or Errno.Interrupted))
            _counters.ReceiveErrors++;
    }
}
