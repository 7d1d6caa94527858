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

    /// <summary>Reads a packet; what cannot be read is of no frame that one could begin with.</summary>
    public FrameFacts Inspect(ReceivedPacket packet)
    {
        CodecKind codec = packet.Codec!.Kind;
        if (codec is CodecKind.Opus or CodecKind.Red)
            return FrameFacts.Sound;
        if (!PayloadReader.TryRead(codec, packet.Payload, packet.Marker, DescriptorOf(packet), _dependencies, out FrameInfo frame))
            return default;
        return new FrameFacts(
            frame.IsKeyFrameStart, frame.IsFrameStart || frame.IsKeyFrameStart, frame.TemporalId, frame.IsSwitchingUpPoint, frame.IsKeyFrameStart ? frame.Height : 0);
    }

    private static ReadOnlySpan<byte> DescriptorOf(ReceivedPacket packet)
    {
        for (int i = 0; i < packet.ExtensionCount; i++)
        {
            ForwardedExtension extension = packet.ExtensionAt(i);
            if (extension.Kind == ExtensionKind.DependencyDescriptor)
                return packet.Data(extension);
        }

        return default;
    }
}
