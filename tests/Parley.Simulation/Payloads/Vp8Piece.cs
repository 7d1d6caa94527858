using System.Buffers.Binary;

namespace Parley.Simulation.Payloads;

/// <summary>One packet's part of a VP8 frame, from which its payload can be made any number of times (RFC 7741 section 4).</summary>
public readonly record struct Vp8Piece
{
    private const int DescriptorLength = 5;
    private const int FrameHeaderLength = 10;

    /// <summary>Whose piece it is, and which.</summary>
    public required FrameTag Tag { get; init; }

    /// <summary>Whether its frame is a key frame.</summary>
    public required bool IsKey { get; init; }

    /// <summary>The 15-bit picture id.</summary>
    public required ushort PictureId { get; init; }

    /// <summary>The index of temporal base layer pictures; null for a stream that does not tell it.</summary>
    public required byte? Tl0PictureIndex { get; init; }

    /// <summary>The picture's height; its width is 16/9 of that.</summary>
    public required ushort Height { get; init; }

    /// <summary>Bytes of payload.</summary>
    public required ushort Length { get; init; }

    /// <summary>Writes the payload.</summary>
    public void Write(Span<byte> payload)
    {
        bool isStart = Tag.Index == 0;
        payload[0] = (byte)(0x80 | (isStart ? 0x10 : 0));
        payload[1] = (byte)(Tl0PictureIndex is null ? 0x80 : 0xE0);
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], (ushort)(0x8000 | PictureId));
        int at = DescriptorLength - 1;
        if (Tl0PictureIndex is { } index)
        {
            payload[at++] = index;
            // Temporal layer 0, which refers to nothing above it.
            payload[at++] = 0x20;
        }

        payload[at..Length].Fill((byte)Tag.Frame);
        if (isStart)
            WriteFrameHeader(payload[at..]);
        Tag.Write(payload[..Length]);
    }

    // RFC 6386 section 9.1.
    private void WriteFrameHeader(Span<byte> frame)
    {
        frame[..FrameHeaderLength].Clear();
        frame[0] = (byte)(IsKey ? 0 : 1);
        if (!IsKey)
            return;
        frame[3] = 0x9D;
        frame[4] = 0x01;
        frame[5] = 0x2A;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[6..], (ushort)(Height * 16 / 9));
        BinaryPrimitives.WriteUInt16LittleEndian(frame[8..], Height);
    }
}
