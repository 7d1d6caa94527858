using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>Walks over the statuses of one checked <see cref="TransportFeedbackView"/>.</summary>
public ref struct TransportFeedbackEnumerator
{
    /// <summary>Ticks of 250 microseconds in a unit of the reference time (64 ms).</summary>
    internal const int TicksPerReference = 256;

    private readonly ReadOnlySpan<byte> _chunks;
    private readonly ReadOnlySpan<byte> _deltas;
    private int _left;
    private ushort _next;
    private long _ticks;
    private int _chunkPosition;
    private int _deltaPosition;
    private StatusChunk _chunk;
    private int _inChunk;
    private int _chunkCount;

    internal TransportFeedbackEnumerator(ushort baseSequence, int count, int referenceTime, ReadOnlySpan<byte> chunks, ReadOnlySpan<byte> deltas)
    {
        _chunks = chunks;
        _deltas = deltas;
        _next = baseSequence;
        _left = count;
        _ticks = (long)referenceTime * TicksPerReference;
    }

    /// <summary>The status that the last <see cref="MoveNext"/> found.</summary>
    public TransportStatus Current { get; private set; }

    /// <summary>The enumerator itself, for <c>foreach</c>.</summary>
    public readonly TransportFeedbackEnumerator GetEnumerator() => this;

    /// <summary>Goes on to the next status; false at the end.</summary>
    public bool MoveNext()
    {
        if (_left == 0)
            return false;
        _left--;
        if (_inChunk == _chunkCount)
        {
            _chunk = new(BinaryPrimitives.ReadUInt16BigEndian(_chunks[_chunkPosition..]));
            _chunkCount = _chunk.Count;
            _chunkPosition += 2;
            _inChunk = 0;
        }

        int symbol = _chunk.Symbol(_inChunk++);
        if (symbol == 1)
            _ticks += _deltas[_deltaPosition];
        else if (symbol == 2)
            _ticks += BinaryPrimitives.ReadInt16BigEndian(_deltas[_deltaPosition..]);
        _deltaPosition += symbol;
        Current = new(_next++, symbol != 0, _ticks);
        return true;
    }
}
