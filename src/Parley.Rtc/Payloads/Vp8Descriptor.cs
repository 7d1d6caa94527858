using System.Buffers.Binary;

namespace Parley.Rtc.Payloads;

/// <summary>What stands before the VP8 data of a packet, and the key frame's header behind it (RFC 7741 section 4). Every field but the first byte's is optional.</summary>
public readonly record struct Vp8Descriptor
{
    /// <summary>Bytes of the descriptor.</summary>
    public int Length { get; init; }

    /// <summary>Whether the packet starts a partition (S).</summary>
    public bool StartsPartition { get; init; }

    /// <summary>The partition's index, 0 to 15.</summary>
    public byte Partition { get; init; }

    /// <summary>Whether no other frame refers to this one (N).</summary>
    public bool IsNonReference { get; init; }

    /// <summary>Bits of the picture id: 7, 15, or 0 without one.</summary>
    public byte PictureIdBits { get; init; }

    /// <summary>The picture id; 0 without one.</summary>
    public ushort PictureId { get; init; }

    /// <summary>Whether there is a <see cref="Tl0PictureIndex"/>.</summary>
    public bool HasTl0PictureIndex { get; init; }

    /// <summary>The running index of temporal base layer pictures.</summary>
    public byte Tl0PictureIndex { get; init; }

    /// <summary>Whether there is a <see cref="TemporalId"/> with its <see cref="IsLayerSync"/>.</summary>
    public bool HasTemporalId { get; init; }

    /// <summary>The temporal layer, 0 to 3; 0 when not told.</summary>
    public byte TemporalId { get; init; }

    /// <summary>Whether the frame refers to the base layer only (Y): one may switch up to its layer here.</summary>
    public bool IsLayerSync { get; init; }

    /// <summary>Whether there is a <see cref="KeyIndex"/>.</summary>
    public bool HasKeyIndex { get; init; }

    /// <summary>The key frame's index, 5 bits.</summary>
    public byte KeyIndex { get; init; }

    /// <summary>Whether this is the first packet of a key frame (RFC 6386 section 9.1).</summary>
    public bool IsKeyFrame { get; init; }

    /// <summary>The key frame's width, pixels; 0 when not told.</summary>
    public int Width { get; init; }

    /// <summary>The key frame's height, pixels; 0 when not told.</summary>
    public int Height { get; init; }

    /// <summary>Whether this is a frame's first packet.</summary>
    public bool IsFrameStart => StartsPartition && Partition == 0;

    // Where the picture id stands; the fields of one byte follow in a fixed order.
    internal const int PictureIdOffset = 2;

    internal int Tl0Offset => PictureIdOffset + (PictureIdBits == 15 ? 2 : PictureIdBits == 7 ? 1 : 0);

    internal int KeyIndexOffset => Tl0Offset + (HasTl0PictureIndex ? 1 : 0);

    /// <summary>Reads the descriptor; false when it is longer than the payload or nothing follows it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Vp8Descriptor descriptor)
    {
        descriptor = default;
        if (payload.Length < 2)
            return false;
        byte first = payload[0];
        descriptor = new() { Length = 1, IsNonReference = (first & 0x20) != 0, StartsPartition = (first & 0x10) != 0, Partition = (byte)(first & 15) };
        if ((first & 0x80) != 0 && !TryReadExtended(payload, ref descriptor))
            return false;
        if (payload.Length <= descriptor.Length)
            return false;
        if (descriptor.IsFrameStart && (payload[descriptor.Length] & 1) == 0)
            descriptor = ReadKeyFrame(payload[descriptor.Length..], descriptor);
        return true;
    }

    private static bool TryReadExtended(ReadOnlySpan<byte> payload, ref Vp8Descriptor descriptor)
    {
        byte extended = payload[1];
        int at = PictureIdOffset;
        if ((extended & 0x80) != 0)
        {
            if (at >= payload.Length || ((payload[at] & 0x80) != 0 && at + 1 >= payload.Length))
                return false;
            bool wide = (payload[at] & 0x80) != 0;
            ushort id = wide ? (ushort)(((payload[at] & 0x7F) << 8) | payload[at + 1]) : payload[at];
            descriptor = descriptor with { PictureIdBits = wide ? (byte)15 : (byte)7, PictureId = id };
            at += wide ? 2 : 1;
        }

        if ((extended & 0x40) != 0)
        {
            if (at >= payload.Length)
                return false;
            descriptor = descriptor with { HasTl0PictureIndex = true, Tl0PictureIndex = payload[at++] };
        }

        if ((extended & 0x30) != 0)
        {
            if (at >= payload.Length)
                return false;
            byte bits = payload[at++];
            bool temporal = (extended & 0x20) != 0;
            bool key = (extended & 0x10) != 0;
            descriptor = descriptor with
            {
                HasTemporalId = temporal,
                TemporalId = temporal ? (byte)(bits >> 6) : (byte)0,
                IsLayerSync = temporal && (bits & 0x20) != 0,
                HasKeyIndex = key,
                KeyIndex = key ? (byte)(bits & 31) : (byte)0,
            };
        }

        descriptor = descriptor with { Length = at };
        return true;
    }

    private static Vp8Descriptor ReadKeyFrame(ReadOnlySpan<byte> frame, Vp8Descriptor descriptor)
    {
        // Three bytes of frame tag, the start code, then twice 14 bits of size and 2 of scaling, little-endian.
        if (frame.Length < 10 || frame[3] != 0x9D || frame[4] != 0x01 || frame[5] != 0x2A)
            return descriptor with { IsKeyFrame = true };
        return descriptor with
        {
            IsKeyFrame = true,
            Width = BinaryPrimitives.ReadUInt16LittleEndian(frame[6..]) & 0x3FFF,
            Height = BinaryPrimitives.ReadUInt16LittleEndian(frame[8..]) & 0x3FFF,
        };
    }
}
