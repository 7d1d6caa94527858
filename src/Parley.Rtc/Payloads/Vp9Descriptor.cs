using System.Buffers.Binary;

namespace Parley.Rtc.Payloads;

/// <summary>What stands before the VP9 data of a packet (RFC 9628 section 4.2), in flexible and non-flexible mode. Every field but the first byte's is optional.</summary>
public readonly record struct Vp9Descriptor
{
    /// <summary>Bytes of the descriptor.</summary>
    public int Length { get; init; }

    /// <summary>Bits of the picture id: 7, 15, or 0 without one.</summary>
    public byte PictureIdBits { get; init; }

    /// <summary>The picture id; 0 without one.</summary>
    public ushort PictureId { get; init; }

    /// <summary>Whether the frame refers to an earlier picture (P).</summary>
    public bool IsInterPicture { get; init; }

    /// <summary>Whether references are told frame by frame (F).</summary>
    public bool IsFlexible { get; init; }

    /// <summary>Whether this is the first packet of a layer frame (B).</summary>
    public bool IsFrameStart { get; init; }

    /// <summary>Whether this is the last packet of a layer frame (E).</summary>
    public bool IsFrameEnd { get; init; }

    /// <summary>Whether no higher spatial layer of this picture refers to the frame (Z).</summary>
    public bool IsNonReferenceForUpper { get; init; }

    /// <summary>Whether layer indices are told (L).</summary>
    public bool HasLayers { get; init; }

    /// <summary>The temporal layer, 0 to 7.</summary>
    public byte TemporalId { get; init; }

    /// <summary>The spatial layer, 0 to 7.</summary>
    public byte SpatialId { get; init; }

    /// <summary>Whether one may switch up to this temporal layer here (U).</summary>
    public bool IsSwitchingUpPoint { get; init; }

    /// <summary>Whether the frame refers to the lower spatial layer of the same picture (D).</summary>
    public bool IsInterLayer { get; init; }

    /// <summary>Whether there is a <see cref="Tl0PictureIndex"/>: in non-flexible mode with layer indices.</summary>
    public bool HasTl0PictureIndex { get; init; }

    /// <summary>The running index of temporal base layer pictures.</summary>
    public byte Tl0PictureIndex { get; init; }

    /// <summary>How many spatial layers the scalability structure of this packet names; 0 without a structure (V).</summary>
    public byte SpatialLayerCount { get; init; }

    /// <summary>Width of the frame's spatial layer by the scalability structure, pixels; 0 when not told.</summary>
    public int Width { get; init; }

    /// <summary>Height of the frame's spatial layer by the scalability structure, pixels; 0 when not told.</summary>
    public int Height { get; init; }

    /// <summary>Whether this is the first packet of a key frame: of a picture's lowest layer, referring to no earlier picture.</summary>
    public bool IsKeyFrame => IsFrameStart && !IsInterPicture && SpatialId == 0;

    // Where the picture id stands.
    internal const int PictureIdOffset = 1;

    internal int Tl0Offset => PictureIdOffset + (PictureIdBits == 15 ? 2 : PictureIdBits == 7 ? 1 : 0) + 1;

    /// <summary>Reads the descriptor; false when it is longer than the payload or nothing follows it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Vp9Descriptor descriptor)
    {
        descriptor = default;
        if (payload.IsEmpty)
            return false;
        byte first = payload[0];
        descriptor = new()
        {
            IsInterPicture = (first & 0x40) != 0,
            HasLayers = (first & 0x20) != 0,
            IsFlexible = (first & 0x10) != 0,
            IsFrameStart = (first & 0x08) != 0,
            IsFrameEnd = (first & 0x04) != 0,
            IsNonReferenceForUpper = (first & 0x01) != 0,
        };
        int at = 1;
        if (!TryReadPictureId(payload, (first & 0x80) != 0, ref at, ref descriptor)
            || !TryReadLayers(payload, ref at, ref descriptor)
            || !TrySkipReferences(payload, ref at, descriptor)
            || ((first & 0x02) != 0 && !TryReadStructure(payload, ref at, ref descriptor)))
            return false;
        descriptor = descriptor with { Length = at };
        return at < payload.Length;
    }

    private static bool TryReadPictureId(ReadOnlySpan<byte> payload, bool present, ref int at, ref Vp9Descriptor descriptor)
    {
        if (!present)
            return true;
        if (at >= payload.Length)
            return false;
        bool wide = (payload[at] & 0x80) != 0;
        if (wide && at + 1 >= payload.Length)
            return false;
        ushort id = wide ? (ushort)(((payload[at] & 0x7F) << 8) | payload[at + 1]) : payload[at];
        descriptor = descriptor with { PictureIdBits = wide ? (byte)15 : (byte)7, PictureId = id };
        at += wide ? 2 : 1;
        return true;
    }

    private static bool TryReadLayers(ReadOnlySpan<byte> payload, ref int at, ref Vp9Descriptor descriptor)
    {
        if (!descriptor.HasLayers)
            return true;
        if (at >= payload.Length)
            return false;
        byte bits = payload[at++];
        descriptor = descriptor with
        {
            TemporalId = (byte)(bits >> 5),
            IsSwitchingUpPoint = (bits & 0x10) != 0,
            SpatialId = (byte)((bits >> 1) & 7),
            IsInterLayer = (bits & 1) != 0,
        };
        if (descriptor.IsFlexible)
            return true;
        if (at >= payload.Length)
            return false;
        descriptor = descriptor with { HasTl0PictureIndex = true, Tl0PictureIndex = payload[at++] };
        return true;
    }

    private static bool TrySkipReferences(ReadOnlySpan<byte> payload, ref int at, in Vp9Descriptor descriptor)
    {
        if (!descriptor.IsFlexible || !descriptor.IsInterPicture)
            return true;
        // At most three distances of seven bits; the last bit says whether another follows.
        for (int i = 0; i < 3; i++)
        {
            if (at >= payload.Length)
                return false;
            if ((payload[at++] & 1) == 0)
                return true;
        }

        return (payload[at - 1] & 1) == 0;
    }

    private static bool TryReadStructure(ReadOnlySpan<byte> payload, ref int at, ref Vp9Descriptor descriptor)
    {
        if (at >= payload.Length)
            return false;
        byte bits = payload[at++];
        int layers = (bits >> 5) + 1;
        descriptor = descriptor with { SpatialLayerCount = (byte)layers };
        if ((bits & 0x10) != 0)
        {
            if (payload.Length - at < layers * 4)
                return false;
            if (descriptor.SpatialId < layers)
            {
                ReadOnlySpan<byte> size = payload[(at + (descriptor.SpatialId * 4))..];
                descriptor = descriptor with { Width = BinaryPrimitives.ReadUInt16BigEndian(size), Height = BinaryPrimitives.ReadUInt16BigEndian(size[2..]) };
            }

            at += layers * 4;
        }

        return (bits & 0x08) == 0 || TrySkipPictureGroup(payload, ref at);
    }

    private static bool TrySkipPictureGroup(ReadOnlySpan<byte> payload, ref int at)
    {
        if (at >= payload.Length)
            return false;
        int pictures = payload[at++];
        for (int i = 0; i < pictures; i++)
        {
            if (at >= payload.Length)
                return false;
            at += 1 + ((payload[at] >> 2) & 3);
        }

        return at <= payload.Length;
    }
}
