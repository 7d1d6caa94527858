using System.Buffers.Binary;

namespace Parley.Cli.Load.Media;

/// <summary>
/// What every packet of the load carries at its payload's end: which publisher, which packet, and when it was sent on this process's monotonic clock.
/// A forwarding server never changes a payload's end, so one stamp serves every server and codec.
/// </summary>
public readonly record struct PacketStamp(int Stream, long Counter, long SentMicroseconds)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 24;

    private const uint Magic = 0x50_52_4C_59;

    /// <summary>Writes the stamp at the end of a payload of at least <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> payload)
    {
        Span<byte> end = payload[^Size..];
        BinaryPrimitives.WriteUInt32BigEndian(end, Magic);
        BinaryPrimitives.WriteInt32BigEndian(end[4..], Stream);
        BinaryPrimitives.WriteInt64BigEndian(end[8..], Counter);
        BinaryPrimitives.WriteInt64BigEndian(end[16..], SentMicroseconds);
    }

    /// <summary>Reads the stamp from a payload's end; false when there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out PacketStamp stamp)
    {
        stamp = default;
        if (payload.Length < Size)
            return false;
        ReadOnlySpan<byte> end = payload[^Size..];
        if (BinaryPrimitives.ReadUInt32BigEndian(end) != Magic)
            return false;
        stamp = new(BinaryPrimitives.ReadInt32BigEndian(end[4..]), BinaryPrimitives.ReadInt64BigEndian(end[8..]), BinaryPrimitives.ReadInt64BigEndian(end[16..]));
        return true;
    }
}
