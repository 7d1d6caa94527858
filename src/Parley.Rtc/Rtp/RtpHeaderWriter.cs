using System.Buffers.Binary;

namespace Parley.Rtc.Rtp;

/// <summary>
/// Writes one fresh RTP header into a send buffer: the fixed part, then the extensions that are added, one-byte form as long as ids and lengths allow and two-byte form otherwise
/// (RFC 8285); a change of form on the way moves what stands there already. Call <see cref="Finish"/> last. What does not fit is refused, never half written.
/// </summary>
public ref struct RtpHeaderWriter
{
    private const int BlockHeader = 4;
    private const int ExtensionsStart = RtpHeaderView.FixedLength + BlockHeader;

    private readonly Span<byte> _destination;
    private int _end;
    private bool _twoByte;

    /// <summary>Writes the fixed header without contributing sources. A destination below 12 bytes makes every later call fail and <see cref="Finish"/> return 0.</summary>
    public RtpHeaderWriter(Span<byte> destination, byte payloadType, bool marker, ushort sequence, uint timestamp, uint ssrc)
    {
        if (destination.Length < RtpHeaderView.FixedLength)
            return;
        _destination = destination;
        _end = ExtensionsStart;
        destination[0] = 0x80;
        destination[1] = (byte)((payloadType & 0x7F) | (marker ? 0x80 : 0));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], ssrc);
    }

    /// <summary>Adds an extension; false, with nothing written, when the id is 0 or 15, the data is longer than 255 bytes or there is no room.</summary>
    public bool TryAdd(byte id, scoped ReadOnlySpan<byte> data)
    {
        if (!TryReserve(id, data.Length, out Span<byte> room))
            return false;
        data.CopyTo(room);
        return true;
    }

    /// <summary>Adds an extension of <paramref name="length"/> bytes that the caller fills before it adds another; false as <see cref="TryAdd"/>.</summary>
    public bool TryReserve(byte id, int length, out Span<byte> data)
    {
        data = default;
        if (_destination.IsEmpty || id is 0 or 15 || (uint)length > 255)
            return false;
        bool oneByte = id <= 14 && length is >= 1 and <= 16;
        if (!oneByte && !_twoByte && !TryWiden(length))
            return false;
        int start = _end + (_twoByte ? 2 : 1);
        // The block is padded to 32 bits at the end, so the padding must fit too.
        if (Align(start + length) > _destination.Length)
            return false;
        if (_twoByte)
        {
            _destination[_end] = id;
            _destination[_end + 1] = (byte)length;
        }
        else
        {
            _destination[_end] = (byte)((id << 4) | (length - 1));
        }

        data = _destination.Slice(start, length);
        _end = start + length;
        return true;
    }

    /// <summary>Completes the header and returns its length in bytes, where the payload goes; 0 when the destination was too small from the start.</summary>
    public readonly int Finish()
    {
        if (_end <= ExtensionsStart)
            return _destination.IsEmpty ? 0 : RtpHeaderView.FixedLength;
        int length = Align(_end);
        _destination[_end..length].Clear();
        _destination[0] |= 0x10;
        BinaryPrimitives.WriteUInt16BigEndian(_destination[RtpHeaderView.FixedLength..], _twoByte ? RtpExtensionEnumerator.TwoByteProfile : RtpExtensionEnumerator.OneByteProfile);
        BinaryPrimitives.WriteUInt16BigEndian(_destination[(RtpHeaderView.FixedLength + 2)..], (ushort)((length - ExtensionsStart) / 4));
        return length;
    }

    private static int Align(int length) => (length + 3) & ~3;

    // Turns the one-byte elements so far into two-byte ones, one byte longer each, if they and one of nextLength still fit.
    private bool TryWiden(int nextLength)
    {
        int count = 0;
        for (int at = ExtensionsStart; at < _end; at += (_destination[at] & 15) + 2)
            count++;
        if (Align(_end + count + 2 + nextLength) > _destination.Length)
            return false;
        Span<byte> old = stackalloc byte[_end - ExtensionsStart];
        _destination[ExtensionsStart.._end].CopyTo(old);
        int to = ExtensionsStart;
        for (int from = 0; from < old.Length;)
        {
            int length = (old[from] & 15) + 1;
            _destination[to] = (byte)(old[from] >> 4);
            _destination[to + 1] = (byte)length;
            old.Slice(from + 1, length).CopyTo(_destination[(to + 2)..]);
            from += 1 + length;
            to += 2 + length;
        }

        _end = to;
        _twoByte = true;
        return true;
    }
}
