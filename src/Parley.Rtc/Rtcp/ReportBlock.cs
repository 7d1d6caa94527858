using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>What a receiver tells about one source (RFC 3550 section 6.4.1).</summary>
public readonly record struct ReportBlock
{
    /// <summary>Bytes of a block.</summary>
    public const int Length = 24;

    /// <summary>The source that the block is about.</summary>
    public uint Ssrc { get; init; }

    /// <summary>The share of packets lost since the last report, in units of 1/256.</summary>
    public byte FractionLost { get; init; }

    /// <summary>Packets lost since the beginning; negative with duplicates; 24 bits signed.</summary>
    public int CumulativeLost { get; init; }

    /// <summary>The highest sequence number received, with the count of wraps in the upper half.</summary>
    public uint HighestSequence { get; init; }

    /// <summary>The interarrival jitter, in ticks of the codec's clock.</summary>
    public uint Jitter { get; init; }

    /// <summary>The middle 32 bits of the NTP time of the last sender report received; 0 when there was none.</summary>
    public uint LastSenderReport { get; init; }

    /// <summary>The time since that report was received, in units of 2^-16 s.</summary>
    public uint DelaySinceLastSenderReport { get; init; }

    internal static ReportBlock Read(ReadOnlySpan<byte> block) => new()
    {
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(block),
        FractionLost = block[4],
        CumulativeLost = BinaryPrimitives.ReadInt32BigEndian(block[4..]) << 8 >> 8,
        HighestSequence = BinaryPrimitives.ReadUInt32BigEndian(block[8..]),
        Jitter = BinaryPrimitives.ReadUInt32BigEndian(block[12..]),
        LastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(block[16..]),
        DelaySinceLastSenderReport = BinaryPrimitives.ReadUInt32BigEndian(block[20..]),
    };

    internal void Write(Span<byte> block)
    {
        int lost = Math.Clamp(CumulativeLost, -0x80_0000, 0x7F_FFFF) & 0xFF_FFFF;
        BinaryPrimitives.WriteUInt32BigEndian(block, Ssrc);
        BinaryPrimitives.WriteUInt32BigEndian(block[4..], ((uint)FractionLost << 24) | (uint)lost);
        BinaryPrimitives.WriteUInt32BigEndian(block[8..], HighestSequence);
        BinaryPrimitives.WriteUInt32BigEndian(block[12..], Jitter);
        BinaryPrimitives.WriteUInt32BigEndian(block[16..], LastSenderReport);
        BinaryPrimitives.WriteUInt32BigEndian(block[20..], DelaySinceLastSenderReport);
    }
}
