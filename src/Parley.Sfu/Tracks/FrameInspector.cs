using Parley.Rtc.Payloads;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp;
using Parley.Rtc.Rtp.Extensions;

namespace Parley.Sfu.Tracks;

/// <summary>
/// Reads what a packet of one layer says about its frame: from the dependency descriptor where there is one, since encrypted payloads say nothing, else from the payload descriptor.
/// </summary>
public sealed class FrameInspector
{
    private readonly DependencyDescriptorReader _dependencies = new();

    /// <summary>Reads a packet.</summary>
    public FrameFacts Inspect(ReceivedPacket packet)
    {
        for (int i = 0; i < packet.ExtensionCount; i++)
        {
            ForwardedExtension extension = packet.ExtensionAt(i);
            if (extension.Kind == ExtensionKind.DependencyDescriptor && _dependencies.TryRead(packet.Data(extension), out DependencyDescriptor descriptor))
                return FromDescriptor(descriptor);
        }

        return FromPayload(packet);
    }

    private static FrameFacts FromDescriptor(in DependencyDescriptor descriptor) => new(
        descriptor.HasStructure,
        descriptor is { IsStartOfFrame: true, SpatialId: 0 },
        descriptor.TemporalId,
        descriptor.IsSwitchingUpPoint,
        descriptor.HasStructure ? descriptor.Height : 0);

    private static FrameFacts FromPayload(ReceivedPacket packet)
    {
        switch (packet.Codec!.Kind)
        {
            case CodecKind.Opus or CodecKind.Red:
                return FrameFacts.Sound;
            case CodecKind.Vp8:
                return new(packet.Vp8.IsKeyFrame, packet.Vp8.IsFrameStart, packet.Vp8.TemporalId, packet.Vp8.IsLayerSync, packet.Vp8.Height);
            case CodecKind.Vp9:
                return new(packet.Vp9.IsKeyFrame, packet.Vp9 is { IsFrameStart: true, SpatialId: 0 }, packet.Vp9.TemporalId, packet.Vp9.IsSwitchingUpPoint, packet.Vp9.Height);
            case CodecKind.H264 when H264Descriptor.TryRead(packet.Payload, out H264Descriptor h264):
                return new(h264.IsKeyFrameStart, h264.IsFrameStart, 0, false, h264.Height);
            case CodecKind.Av1 when !packet.Payload.IsEmpty:
                return FromAggregationHeader(packet.Payload[0]);
            default:
                return default;
        }
    }

    // AV1 RTP payload specification section 4.4: Z continues an earlier unit, N begins a coded video sequence.
    private static FrameFacts FromAggregationHeader(byte header) => new((header & 0x08) != 0, (header & 0x80) == 0, 0, false, 0);
}
