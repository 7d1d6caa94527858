using System.Buffers.Binary;

namespace Parley.Sfu.Relays;

/// <summary>What a <see cref="RelayMessageKind.Changes"/> message begins with: it holds all that changed after one version up to another, each thing as it is now.</summary>
/// <param name="Row">The row.</param>
/// <param name="Birth">When the sender's changes begin.</param>
/// <param name="From">The version before the first change.</param>
/// <param name="To">The version of the last change.</param>
public readonly record struct RelayChangesHeader(uint Row, uint Birth, uint From, uint To)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 16;

    /// <summary>Reads it; false when there are too few bytes or the versions are out of order.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RelayChangesHeader header)
    {
        header = default;
        if (bytes.Length < Length)
            return false;
        header = new(
            BinaryPrimitives.ReadUInt32BigEndian(bytes),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]));
        return header.Birth != 0 && header.Birth <= header.From && header.From <= header.To;
    }

    /// <summary>Writes it to at least <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Row);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], Birth);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], From);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], To);
    }
}
