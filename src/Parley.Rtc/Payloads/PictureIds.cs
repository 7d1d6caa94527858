namespace Parley.Rtc.Payloads;

/// <summary>
/// Rewrites the running numbers in a VP8 or VP9 descriptor while a payload is sent on, so that they go on without a jump when a slot switches source. The width of the picture id stays
/// what the packet has, since a receiver expects the one that it first saw; what the packet does not have is not added.
/// </summary>
public static class PictureIds
{
    /// <summary>Rewrites a VP8 payload's numbers in place.</summary>
    /// <param name="payload">The copy that is sent; the packet's own bytes are shared and stay as they are.</param>
    /// <param name="descriptor">What <see cref="Vp8Descriptor.TryRead"/> found in the same bytes.</param>
    /// <param name="pictureId">The new picture id; its low 7 or 15 bits are used.</param>
    /// <param name="tl0PictureIndex">The new index of temporal base layer pictures.</param>
    /// <param name="keyIndex">The new key frame index; its low 5 bits are used.</param>
    public static void Rewrite(Span<byte> payload, in Vp8Descriptor descriptor, ushort pictureId, byte tl0PictureIndex, byte keyIndex)
    {
        if (payload.Length < descriptor.Length)
            return;
        RewritePictureId(payload, Vp8Descriptor.PictureIdOffset, descriptor.PictureIdBits, pictureId);
        if (descriptor.HasTl0PictureIndex)
            payload[descriptor.Tl0Offset] = tl0PictureIndex;
        if (descriptor.HasKeyIndex)
            payload[descriptor.KeyIndexOffset] = (byte)((payload[descriptor.KeyIndexOffset] & 0xE0) | (keyIndex & 31));
    }

    /// <summary>Rewrites a VP9 payload's numbers in place.</summary>
    /// <param name="payload">The copy that is sent.</param>
    /// <param name="descriptor">What <see cref="Vp9Descriptor.TryRead"/> found in the same bytes.</param>
    /// <param name="pictureId">The new picture id; its low 7 or 15 bits are used.</param>
    /// <param name="tl0PictureIndex">The new index of temporal base layer pictures.</param>
    public static void Rewrite(Span<byte> payload, in Vp9Descriptor descriptor, ushort pictureId, byte tl0PictureIndex)
    {
        if (payload.Length < descriptor.Length)
            return;
        RewritePictureId(payload, Vp9Descriptor.PictureIdOffset, descriptor.PictureIdBits, pictureId);
        if (descriptor.HasTl0PictureIndex)
            payload[descriptor.Tl0Offset] = tl0PictureIndex;
    }

    private static void RewritePictureId(Span<byte> payload, int offset, byte bits, ushort pictureId)
    {
        if (bits == 15)
        {
            payload[offset] = (byte)(0x80 | (pictureId >> 8));
            payload[offset + 1] = (byte)pictureId;
        }
        else if (bits == 7)
        {
            payload[offset] = (byte)(pictureId & 0x7F);
        }
    }
}
