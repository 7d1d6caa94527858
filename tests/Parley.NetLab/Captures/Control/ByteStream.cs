using System.Buffers;

namespace Parley.NetLab.Captures.Control;

/// <summary>One direction of a TCP connection put together from its segments, whatever came twice or out of order. Each byte keeps the time at which it passed.</summary>
internal sealed class ByteStream
{
    private readonly SortedList<long, (ReadOnlyMemory<byte> Bytes, long Time)> _early = [];
    private readonly List<(long Offset, long Time)> _times = [];
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private uint? _first;
    private long _next;

    /// <summary>All bytes from the connection's start up to the first one that is missing.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Whether bytes are missing before others that were seen.</summary>
    public bool HasGap => _early.Count > 0;

    /// <summary>Takes a segment.</summary>
    public void Add(in IpPacket packet)
    {
        if (packet.IsSyn)
            _first = packet.Sequence + 1;
        if (packet.Payload.Length == 0 || _first is not { } first)
            return;
        // A connection of the lab carries far less than what a sequence number counts.
        long offset = (int)(packet.Sequence - first - (uint)_next) + _next;
        if (offset + packet.Payload.Length <= _next)
            return;
        if (!_early.TryGetValue(offset, out (ReadOnlyMemory<byte> Bytes, long Time) known) || known.Bytes.Length < packet.Payload.Length)
            _early[offset] = (packet.Payload, packet.Time);
        while (_early.Count > 0 && _early.GetKeyAtIndex(0) <= _next)
            Append(_early.GetKeyAtIndex(0), _early.GetValueAtIndex(0));
    }

    /// <summary>When the byte at an offset passed.</summary>
    public long TimeAt(int offset)
    {
        int at = _times.BinarySearch((offset, long.MaxValue));
        return _times[Math.Max(0, (at < 0 ? ~at : at) - 1)].Time;
    }

    private void Append(long offset, (ReadOnlyMemory<byte> Bytes, long Time) segment)
    {
        _early.RemoveAt(0);
        int known = (int)(_next - offset);
        if (known >= segment.Bytes.Length)
            return;
        _times.Add((_next, segment.Time));
        _bytes.Write(segment.Bytes.Span[known..]);
        _next += segment.Bytes.Length - known;
    }
}
