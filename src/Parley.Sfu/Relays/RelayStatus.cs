using System.Buffers.Binary;

namespace Parley.Sfu.Relays;

/// <summary>
/// Where one end of a row stands. Numbers come from one count of the sender over all its rows, so that what an earlier life of a row said is told from what this one says.
/// </summary>
/// <param name="Row">The row.</param>
/// <param name="Birth">When the sender's changes begin: none of before holds any more.</param>
/// <param name="Version">The sender's last change.</param>
/// <param name="Applied">The receiver's last change that the sender has applied, all before it included.</param>
/// <param name="PeerBirth">Of which birth of the receiver that is; 0 when the sender knows nothing of it.</param>
public readonly record struct RelayStatus(uint Row, uint Birth, uint Version, uint Applied, uint PeerBirth)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 20;

    /// <summary>Reads it from at least <see cref="Length"/> bytes.</summary>
    public static RelayStatus Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32BigEndian(bytes),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
        BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]));

    /// <summary>Writes it to at least <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Row);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], Birth);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[8..], Version);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], Applied);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[16..], PeerBirth);
    }
}
