using Parley.Rtc.Primitives;
using Parley.Sfu.Packets;

namespace Parley.Benchmarks.Sfu;

/// <summary>Takes datagrams as a shell's send queue does, so that the caches see the same memory traffic, and sends nothing.</summary>
internal struct SlabSink(byte[] slab) : IDatagramSink
{
    private const int Room = 1_536;

    private int _offset;

    public long Datagrams { get; private set; }

    public readonly Span<byte> Reserve(int length) => slab.AsSpan(_offset, Room);

    public void Commit(in TransportAddress destination, int length)
    {
        Datagrams++;
        _offset += Room;
        if (_offset + Room > slab.Length)
            _offset = 0;
    }

    /// <inheritdoc />
    public readonly void Pace()
    {
    }
}
