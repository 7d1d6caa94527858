using Parley.Rtc.Primitives;
using Parley.Simulation.Peers;

namespace Parley.Simulation.Worlds;

/// <summary>All that is going to happen, earliest first; it keeps the buffers of datagrams under way.</summary>
public sealed class EventQueue
{
    private const int BufferLength = 1600;

    private readonly PriorityQueue<WorldEvent, EventOrder> _events = new();
    private readonly Stack<byte[]> _buffers = new();
    private long _age;

    /// <summary>When the next event is due; <see cref="MonotonicTime.Never"/> when there is none.</summary>
    public MonotonicTime NextTime => _events.TryPeek(out _, out EventOrder order) ? new(order.Ticks) : MonotonicTime.Never;

    /// <summary>Adds a step of the script.</summary>
    public void Add(MonotonicTime at, Action script) => _events.Enqueue(new(null, 0, default, null, null, script), new(at.Ticks, _age++));

    /// <summary>Adds the arrival of a copy of a datagram at a peer.</summary>
    public void Add(MonotonicTime at, ReadOnlySpan<byte> datagram, in TransportAddress source, Peer receiver) => Add(at, datagram, source, receiver, null);

    /// <summary>Adds the arrival of a copy of a datagram at a shard.</summary>
    public void Add(MonotonicTime at, ReadOnlySpan<byte> datagram, in TransportAddress source, WorldNode node) => Add(at, datagram, source, null, node);

    /// <summary>Takes the next event.</summary>
    public WorldEvent Take() => _events.Dequeue();

    /// <summary>Gives an event's buffer back.</summary>
    public void Return(byte[] buffer) => _buffers.Push(buffer);

    private void Add(MonotonicTime at, ReadOnlySpan<byte> datagram, in TransportAddress source, Peer? receiver, WorldNode? node)
    {
        byte[] buffer = _buffers.TryPop(out byte[]? free) ? free : GC.AllocateUninitializedArray<byte>(BufferLength);
        datagram.CopyTo(buffer);
        _events.Enqueue(new(buffer, datagram.Length, source, receiver, node, null), new(at.Ticks, _age++));
    }
}
