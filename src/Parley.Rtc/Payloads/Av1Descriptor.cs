using Parley.Rtc.Primitives;

namespace Parley.Rtc.Payloads;

/// <summary>What the aggregation header and the units (OBUs) in a packet tell (AV1 RTP payload specification section 4.4, AV1 specification section 5).</summary>
public readonly record struct Av1Descriptor
{
    private const int SequenceHeaderType = 1;
    private const int FrameHeaderType = 3;
    private const int FrameType = 6;

    // A packet of 1,500 bytes holds no more units that matter.
    private const int MaximumUnits = 32;

    /// <summary>Whether the first unit goes on from the packet before (Z).</summary>
    public bool ContinuesUnit { get; init; }

    /// <summary>Whether the last unit goes on in the packet behind (Y).</summary>
    public bool UnitContinues { get; init; }

    /// <summary>Whether a coded video sequence, thus a key frame, starts with this packet (N).</summary>
    public bool StartsSequence { get; init; }

    /// <summary>Whether a sequence header begins in the packet.</summary>
    public bool HasSequenceHeader { get; init; }

    /// <summary>Whether a frame's header begins in the packet, alone or with its tiles.</summary>
    public bool HasFrameHeader { get; init; }

    /// <summary>Whether layers were told by a unit's extension header.</summary>
    public bool HasLayers { get; init; }

    /// <summary>The temporal layer, 0 to 7.</summary>
    public byte TemporalId { get; init; }

    /// <summary>The spatial layer, 0 to 3.</summary>
    public byte SpatialId { get; init; }

    /// <summary>The largest width by the sequence header, pixels; 0 when not told.</summary>
    public int Width { get; init; }

    /// <summary>The largest height by the sequence header, pixels; 0 when not told.</summary>
    public int Height { get; init; }

    /// <summary>Whether the packet starts a frame, as far as it can be seen from it alone.</summary>
    public bool IsFrameStart => HasSequenceHeader || StartsSequence || HasFrameHeader;

    /// <summary>Whether the packet starts a key frame.</summary>
    public bool IsKeyFrame => HasSequenceHeader || StartsSequence;

    /// <summary>Reads the units; false for an empty payload or a unit that does not fit.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Av1Descriptor descriptor)
    {
        descriptor = default;
        if (payload.Length < 2)
            return false;
        byte header = payload[0];
        descriptor = new() { ContinuesUnit = (header & 0x80) != 0, UnitContinues = (header & 0x40) != 0, StartsSequence = (header & 0x08) != 0 };
        // With a count of 1 to 3 the last unit has no length of its own; with 0 each has one.
        int count = (header >> 4) & 3;
        int at = 1;
        for (int unit = 0; at < payload.Length && unit < MaximumUnits && (count == 0 || unit < count); unit++)
        {
            int length = payload.Length - at;
            if ((count == 0 || unit < count - 1) && !TryReadLength(payload, ref at, out length))
                return false;
            if (length > 0 && (unit > 0 || !descriptor.ContinuesUnit))
                descriptor = ReadUnit(payload.Slice(at, length), descriptor);
            at += length;
        }

        return true;
    }

    // leb128 (AV1 specification section 4.10.5), as far as a packet can be long.
    private static bool TryReadLength(ReadOnlySpan<byte> payload, ref int at, out int length)
    {
        length = 0;
        for (int shift = 0; shift < 28 && at < payload.Length; shift += 7)
        {
            byte bits = payload[at++];
            length |= (bits & 0x7F) << shift;
            if ((bits & 0x80) == 0)
                return length <= payload.Length - at;
        }

        return false;
    }

    private static Av1Descriptor ReadUnit(ReadOnlySpan<byte> unit, Av1Descriptor descriptor)
    {
        int type = (unit[0] >> 3) & 15;
        bool extended = (unit[0] & 4) != 0;
        if (extended && unit.Length > 1 && !descriptor.HasLayers)
            descriptor = descriptor with { HasLayers = true, TemporalId = (byte)(unit[1] >> 5), SpatialId = (byte)((unit[1] >> 3) & 3) };
        if (type is FrameType or FrameHeaderType)
            return descriptor with { HasFrameHeader = true };
        if (type != SequenceHeaderType)
            return descriptor;
        int start = extended ? 2 : 1;
        if ((unit[0] & 2) != 0)
        {
            // Its own size field, which packets leave out as a rule.
            while (start < unit.Length && (unit[start] & 0x80) != 0)
                start++;
            start++;
        }

        ReadSize(start < unit.Length ? unit[start..] : default, out int width, out int height);
        return descriptor with { HasSequenceHeader = true, Width = width, Height = height };
    }

    // AV1 specification section 5.5.1. A header with timing information, which live encoders do not write, is left unread.
    private static void ReadSize(ReadOnlySpan<byte> sequenceHeader, out int width, out int height)
    {
        BitReader reader = new(sequenceHeader);
        reader.Skip(4);
        bool unread = false;
        if (reader.ReadFlag())
        {
            reader.Skip(5);
        }
        else
        {
            unread = reader.ReadFlag();
            bool displayDelay = reader.ReadFlag();
            uint points = reader.ReadBits(5) + 1;
            for (uint i = 0; i < points; i++)
            {
                reader.Skip(12);
                if (reader.ReadBits(5) > 7)
                    reader.Skip(1);
                if (displayDelay && reader.ReadFlag())
                    reader.Skip(4);
            }
        }

        int widthBits = (int)reader.ReadBits(4) + 1;
        int heightBits = (int)reader.ReadBits(4) + 1;
        uint w = reader.ReadBits(widthBits) + 1;
        uint h = reader.ReadBits(heightBits) + 1;
        bool known = !unread && !reader.Failed;
        width = known ? (int)w : 0;
        height = known ? (int)h : 0;
    }
}
