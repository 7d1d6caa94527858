using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp.Extensions;

namespace Parley.Rtc.Payloads;

/// <summary>Reads what forwarding needs from a video packet: from its dependency descriptor where there is one, else from its payload.</summary>
public static class PayloadReader
{
    /// <summary>Reads a packet without dependency descriptor; false when the codec is not video or the payload is malformed.</summary>
    /// <param name="codec">What the payload type stands for.</param>
    /// <param name="payload">The decrypted payload without padding.</param>
    /// <param name="marker">The RTP marker bit.</param>
    /// <param name="frame">What was read.</param>
    public static bool TryRead(CodecKind codec, ReadOnlySpan<byte> payload, bool marker, out FrameInfo frame)
    {
        bool read = codec switch
        {
            CodecKind.Vp8 => TryReadVp8(payload, out frame),
            CodecKind.Vp9 => TryReadVp9(payload, out frame),
            CodecKind.H264 => TryReadH264(payload, out frame),
            CodecKind.Av1 => TryReadAv1(payload, out frame),
            _ => None(out frame),
        };
        if (marker)
            frame = frame with { IsEndOfFrame = true };
        return read;
    }

    /// <summary>
    /// Reads a packet, preferring its dependency descriptor. Picture ids and the like come from the payload in any case, since they must be rewritten there.
    /// False when neither can be read.
    /// </summary>
    /// <param name="codec">What the payload type stands for.</param>
    /// <param name="payload">The decrypted payload without padding.</param>
    /// <param name="marker">The RTP marker bit.</param>
    /// <param name="dependencyDescriptor">The extension's bytes; empty when the packet has none.</param>
    /// <param name="descriptors">The descriptors' reader of this RTP stream.</param>
    /// <param name="frame">What was read.</param>
    public static bool TryRead(
        CodecKind codec, ReadOnlySpan<byte> payload, bool marker, ReadOnlySpan<byte> dependencyDescriptor, DependencyDescriptorReader descriptors, out FrameInfo frame)
    {
        bool read = TryRead(codec, payload, marker, out frame);
        if (dependencyDescriptor.IsEmpty || !descriptors.TryRead(dependencyDescriptor, out DependencyDescriptor descriptor))
            return read;
        if (!read)
            frame = default;
        frame = frame with
        {
            IsFrameStart = descriptor.IsStartOfFrame,
            IsEndOfFrame = descriptor.IsEndOfFrame,
            IsKeyFrame = descriptor.HasStructure,
            IsKeyFrameStart = descriptor.HasStructure && descriptor.IsStartOfFrame,
            HasFrameNumber = true,
            FrameNumber = descriptor.FrameNumber,
        };
        if (descriptor.IsResolved)
            frame = WithLayers(frame, descriptor);
        return read || descriptor.IsResolved;
    }

    private static FrameInfo WithLayers(in FrameInfo frame, in DependencyDescriptor descriptor) => frame with
    {
        SpatialId = descriptor.SpatialId,
        TemporalId = descriptor.TemporalId,
        IsSwitchingUpPoint = descriptor.IsSwitchingUpPoint || descriptor.HasStructure,
        IsDiscardable = IsDiscardable(descriptor),
        // An encrypted payload can look like a key frame's: its size counts only where the descriptor agrees.
        Width = descriptor.Width != 0 || !descriptor.HasStructure ? descriptor.Width : frame.Width,
        Height = descriptor.Height != 0 || !descriptor.HasStructure ? descriptor.Height : frame.Height,
    };

    // No bit pair of the indications is above Discardable.
    private static bool IsDiscardable(in DependencyDescriptor descriptor)
    {
        for (int target = 0; target < descriptor.TargetCount; target++)
        {
            if (descriptor.IndicationFor(target) > DecodeTargetIndication.Discardable)
                return false;
        }

        return true;
    }

    private static bool None(out FrameInfo frame)
    {
        frame = default;
        return false;
    }

    private static bool TryReadVp8(ReadOnlySpan<byte> payload, out FrameInfo frame)
    {
        frame = default;
        if (!Vp8Descriptor.TryRead(payload, out Vp8Descriptor vp8))
            return false;
        frame = new()
        {
            IsFrameStart = vp8.IsFrameStart,
            IsKeyFrame = vp8.IsKeyFrame,
            IsKeyFrameStart = vp8.IsKeyFrame,
            IsSwitchingUpPoint = vp8.IsKeyFrame || vp8.IsLayerSync,
            IsDiscardable = vp8.IsNonReference,
            TemporalId = vp8.TemporalId,
            Width = vp8.Width,
            Height = vp8.Height,
            PictureIdBits = vp8.PictureIdBits,
            PictureId = vp8.PictureId,
            HasTl0PictureIndex = vp8.HasTl0PictureIndex,
            Tl0PictureIndex = vp8.Tl0PictureIndex,
            HasKeyIndex = vp8.HasKeyIndex,
            KeyIndex = vp8.KeyIndex,
        };
        return true;
    }

    private static bool TryReadVp9(ReadOnlySpan<byte> payload, out FrameInfo frame)
    {
        frame = default;
        if (!Vp9Descriptor.TryRead(payload, out Vp9Descriptor vp9))
            return false;
        frame = new()
        {
            IsFrameStart = vp9.IsFrameStart,
            IsEndOfFrame = vp9.IsFrameEnd,
            IsKeyFrame = vp9.IsKeyFrame,
            IsKeyFrameStart = vp9.IsKeyFrame,
            IsSwitchingUpPoint = vp9.IsKeyFrame || vp9.IsSwitchingUpPoint,
            TemporalId = vp9.TemporalId,
            SpatialId = vp9.SpatialId,
            Width = vp9.Width,
            Height = vp9.Height,
            PictureIdBits = vp9.PictureIdBits,
            PictureId = vp9.PictureId,
            HasTl0PictureIndex = vp9.HasTl0PictureIndex,
            Tl0PictureIndex = vp9.Tl0PictureIndex,
        };
        return true;
    }

    private static bool TryReadH264(ReadOnlySpan<byte> payload, out FrameInfo frame)
    {
        frame = default;
        if (!H264Descriptor.TryRead(payload, out H264Descriptor h264))
            return false;
        frame = new()
        {
            IsFrameStart = h264.IsFrameStart,
            IsKeyFrame = h264.IsKeyFrame,
            IsKeyFrameStart = h264.IsKeyFrameStart,
            IsSwitchingUpPoint = h264.IsKeyFrameStart,
            IsDiscardable = !h264.IsReference,
            Width = h264.Width,
            Height = h264.Height,
        };
        return true;
    }

    private static bool TryReadAv1(ReadOnlySpan<byte> payload, out FrameInfo frame)
    {
        frame = default;
        if (!Av1Descriptor.TryRead(payload, out Av1Descriptor av1))
            return false;
        frame = new()
        {
            IsFrameStart = av1.IsFrameStart,
            IsKeyFrame = av1.IsKeyFrame,
            IsKeyFrameStart = av1.IsKeyFrame,
            IsSwitchingUpPoint = av1.IsKeyFrame,
            TemporalId = av1.TemporalId,
            SpatialId = av1.SpatialId,
            Width = av1.Width,
            Height = av1.Height,
        };
        return true;
    }
}
