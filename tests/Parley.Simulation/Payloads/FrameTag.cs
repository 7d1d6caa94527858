using System.Buffers.Binary;

namespace Parley.Simulation.Payloads;

/// <summary>
/// What the end of every payload says: whose it is and which piece. A receiver knows by it that it plays what was sent, all of it, and of the right person.
/// </summary>
/// <param name="Publisher">The number of the publishing peer.</param>
/// <param name="Layer">The simulcast layer; <see cref="Sound"/> for sound.</param>
/// <param name="Frame">The number of the frame in its layer, from 0.</param>
/// <param name="Index">The piece of the frame, from 0.</param>
/// <param name="Count">The pieces of the frame.</param>
public readonly record struct FrameTag(ushort Publisher, byte Layer, uint Frame, ushort Index, ushort Count)
{
    /// <summary>Bytes of a tag.</summary>
    public const int Length = 12;

    /// <summary>The <see cref="Layer"/> of sound.</summary>
    public const byte Sound = 255;

    private const byte Mark = 0x5A;

    /// <summary>Writes the tag to the end of a payload.</summary>
    public void Write(Span<byte> payload)
    {
        Span<byte> tag = payload[^Length..];
        BinaryPrimitives.WriteUInt16BigEndian(tag, Publisher);
        tag[2] = Layer;
        tag[3] = Mark;
        BinaryPrimitives.WriteUInt32BigEndian(tag[4..], Frame);
        BinaryPrimitives.WriteUInt16BigEndian(tag[8..], Index);
        BinaryPrimitives.WriteUInt16BigEndian(tag[10..], Count);
    }

    /// <summary>Reads the tag at the end of a payload; false when there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out FrameTag tag)
    {
        tag = default;
        if (payload.Length < Length || payload[^(Length - 3)] != Mark)
            return false;
        ReadOnlySpan<byte> bytes = payload[^Length..];
        tag = new FrameTag(
            BinaryPrimitives.ReadUInt16BigEndian(bytes),
            bytes[2],
            BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]));
        return true;
    }
}
