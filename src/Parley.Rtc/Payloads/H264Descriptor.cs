using System.Buffers.Binary;

namespace Parley.Rtc.Payloads;

/// <summary>What the NAL units in a packet tell (RFC 6184 section 5): single units, STAP-A and FU-A, those of packetization modes 0 and 1.</summary>
public readonly record struct H264Descriptor
{
    private const int SliceType = 1;
    private const int IdrType = 5;
    private const int SequenceParametersType = 7;
    private const int PictureParametersType = 8;
    private const int DelimiterType = 9;
    private const int AggregateType = 24;
    private const int FragmentType = 28;

    /// <summary>Whether a sequence parameter set is in the packet.</summary>
    public bool HasSequenceParameters { get; init; }

    /// <summary>Whether a picture parameter set is in the packet.</summary>
    public bool HasPictureParameters { get; init; }

    /// <summary>Whether a slice of an IDR picture, or a part of one, is in the packet.</summary>
    public bool HasIdr { get; init; }

    /// <summary>Whether the picture's first slice begins in the packet (<c>first_mb_in_slice</c> is 0).</summary>
    public bool StartsFirstSlice { get; init; }

    /// <summary>Whether an access unit delimiter is in the packet.</summary>
    public bool HasDelimiter { get; init; }

    /// <summary>Whether another picture may refer to the units in the packet (<c>nal_ref_idc</c> is not 0).</summary>
    public bool IsReference { get; init; }

    /// <summary>The picture's width by the sequence parameter set, pixels; 0 when not told.</summary>
    public int Width { get; init; }

    /// <summary>The picture's height by the sequence parameter set, pixels; 0 when not told.</summary>
    public int Height { get; init; }

    /// <summary>
    /// Whether the packet starts a picture, as far as it can be seen from it alone: it has a delimiter, a sequence parameter set, or the first slice of a picture that is not IDR.
    /// An IDR slice starts none, since its parameter sets go before it.
    /// </summary>
    public bool IsFrameStart => HasDelimiter || HasSequenceParameters || (StartsFirstSlice && !HasIdr);

    /// <summary>Whether the packet is part of a key frame: it has a sequence parameter set or IDR slices.</summary>
    public bool IsKeyFrame => HasSequenceParameters || HasIdr;

    /// <summary>Whether a receiver can begin to decode here: only where the sequence parameter set is, without which an IDR slice is of no use to a newcomer.</summary>
    public bool IsKeyFrameStart => HasSequenceParameters;

    /// <summary>Reads the units; false for an empty payload, a unit that does not fit or a type that is not used with WebRTC.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out H264Descriptor descriptor)
    {
        descriptor = default;
        if (payload.IsEmpty)
            return false;
        switch (payload[0] & 31)
        {
            case >= 1 and < AggregateType:
                descriptor = ReadUnit(payload, payload[0] & 31, starts: true, WithReference(descriptor, payload[0]));
                return true;
            case AggregateType:
                return TryReadAggregate(payload[1..], ref descriptor);
            case FragmentType when payload.Length > 2:
                // The fragment's header holds the start bit and the type; the unit's own data follows.
                descriptor = ReadUnit(payload[1..], payload[1] & 31, starts: (payload[1] & 0x80) != 0, WithReference(descriptor, payload[0]));
                return true;
            default:
                return false;
        }
    }

    private static H264Descriptor WithReference(in H264Descriptor descriptor, byte header) =>
        descriptor with { IsReference = descriptor.IsReference || (header & 0x60) != 0 };

    private static bool TryReadAggregate(ReadOnlySpan<byte> units, ref H264Descriptor descriptor)
    {
        if (units.IsEmpty)
            return false;
        while (!units.IsEmpty)
        {
            if (units.Length < 3)
                return false;
            int length = BinaryPrimitives.ReadUInt16BigEndian(units);
            if (length == 0 || length > units.Length - 2)
                return false;
            ReadOnlySpan<byte> unit = units.Slice(2, length);
            descriptor = ReadUnit(unit, unit[0] & 31, starts: true, WithReference(descriptor, unit[0]));
            units = units[(2 + length)..];
        }

        return true;
    }

    // The unit's first byte is its header, or a fragment's; both are one byte before the data.
    private static H264Descriptor ReadUnit(ReadOnlySpan<byte> unit, int type, bool starts, H264Descriptor descriptor)
    {
        switch (type)
        {
            case SliceType or IdrType:
                // ue(v) of 0 is a single one bit.
                bool first = starts && unit.Length > 1 && (unit[1] & 0x80) != 0;
                return descriptor with { HasIdr = descriptor.HasIdr || type == IdrType, StartsFirstSlice = descriptor.StartsFirstSlice || first };
            case SequenceParametersType when starts:
                H264SequenceParameters.TryReadSize(unit[1..], out int width, out int height);
                return descriptor with { HasSequenceParameters = true, Width = width, Height = height };
            case PictureParametersType when starts:
                return descriptor with { HasPictureParameters = true };
            case DelimiterType:
                return descriptor with { HasDelimiter = true };
            default:
                return descriptor;
        }
    }
}
