namespace Parley.Rtc.Payloads;

/// <summary>
/// What forwarding needs to know of a video packet, whatever the codec. Layer identity with simulcast is (rid, spatial id) with the rid first, since Chromium says spatial id 0 in the
/// dependency descriptors of every rid.
/// </summary>
public readonly record struct FrameInfo
{
    /// <summary>Whether the packet is the first of its frame. H.264 and AV1 without dependency descriptor: as far as the packet alone shows.</summary>
    public bool IsFrameStart { get; init; }

    /// <summary>Whether the packet is the last of its frame: of the layer's frame where that is told, else of the picture (the marker bit).</summary>
    public bool IsEndOfFrame { get; init; }

    /// <summary>Whether the packet is known to belong to a key frame; most codecs show it in the first packet only.</summary>
    public bool IsKeyFrame { get; init; }

    /// <summary>
    /// Whether a receiver can begin to decode with this packet: where a slot may switch to this source. Encoders repeat H.264's parameter sets within one picture, so several packets of one
    /// timestamp may say so.
    /// </summary>
    public bool IsKeyFrameStart { get; init; }

    /// <summary>Whether one may switch up to <see cref="TemporalId"/> with this frame; true for every key frame.</summary>
    public bool IsSwitchingUpPoint { get; init; }

    /// <summary>Whether no other frame needs this one, as far as it is told.</summary>
    public bool IsDiscardable { get; init; }

    /// <summary>The temporal layer; 0 when not told.</summary>
    public byte TemporalId { get; init; }

    /// <summary>The spatial layer; 0 when not told.</summary>
    public byte SpatialId { get; init; }

    /// <summary>Width of the layer, pixels; 0 when this packet does not tell.</summary>
    public int Width { get; init; }

    /// <summary>Height of the layer, pixels; 0 when this packet does not tell.</summary>
    public int Height { get; init; }

    /// <summary>Bits of the picture id (VP8, VP9): 7, 15, or 0 without one.</summary>
    public byte PictureIdBits { get; init; }

    /// <summary>The picture id; 0 without one.</summary>
    public ushort PictureId { get; init; }

    /// <summary>Whether there is a <see cref="Tl0PictureIndex"/> (VP8, VP9).</summary>
    public bool HasTl0PictureIndex { get; init; }

    /// <summary>The running index of temporal base layer pictures; 0 without one.</summary>
    public byte Tl0PictureIndex { get; init; }

    /// <summary>Whether there is a <see cref="KeyIndex"/> (VP8).</summary>
    public bool HasKeyIndex { get; init; }

    /// <summary>The key frame's index; 0 without one.</summary>
    public byte KeyIndex { get; init; }

    /// <summary>Whether there is a <see cref="FrameNumber"/>: the packet has a dependency descriptor.</summary>
    public bool HasFrameNumber { get; init; }

    /// <summary>The dependency descriptor's frame number; 0 without one.</summary>
    public ushort FrameNumber { get; init; }

    /// <summary>Whether there is a picture id.</summary>
    public bool HasPictureId => PictureIdBits != 0;
}
