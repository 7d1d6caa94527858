using CsCheck;
using Parley.Rtc.Payloads;
using Parley.Rtc.Primitives;
using Parley.Rtc.Rtp.Extensions;
using Parley.Rtc.Tests.Rtp.Extensions;

namespace Parley.Rtc.Tests.Payloads;

public sealed class PayloadReaderTests
{
    private static readonly byte[] Vp8Key = Convert.FromHexString("90F0" + "9234" + "56" + "25" + "000000" + "9D012A" + "8002" + "E001");
    private static readonly byte[] Vp8Delta = Convert.FromHexString("B0F0" + "9235" + "56" + "A5" + "01FF");
    private static readonly byte[] Vp9Key = Convert.FromHexString("AA" + "9234" + "00" + "07" + "18" + "014000B4" + "00" + "FF");
    private static readonly byte[] H264Delta = Convert.FromHexString("4188FF");
    private static readonly byte[] Av1Frame = Convert.FromHexString("10301020");

    [Fact]
    public void Vp8_is_read_from_its_descriptor()
    {
        Assert.True(PayloadReader.TryRead(CodecKind.Vp8, Vp8Key, marker: false, out FrameInfo key));
        Assert.True(key is { IsFrameStart: true, IsKeyFrame: true, IsKeyFrameStart: true, IsSwitchingUpPoint: true, IsEndOfFrame: false, Width: 640, Height: 480 });
        Assert.Equal((true, (byte)15, (ushort)0x1234, true, (byte)0x56, true, (byte)5), (key.HasPictureId, key.PictureIdBits, key.PictureId, key.HasTl0PictureIndex, key.Tl0PictureIndex, key.HasKeyIndex, key.KeyIndex));
        Assert.True(PayloadReader.TryRead(CodecKind.Vp8, Vp8Delta, marker: true, out FrameInfo delta));
        Assert.True(delta is { IsFrameStart: true, IsKeyFrame: false, IsEndOfFrame: true, TemporalId: 2, IsSwitchingUpPoint: true, IsDiscardable: true, HasFrameNumber: false });
    }

    [Fact]
    public void Vp9_h264_and_av1_are_read_from_theirs()
    {
        Assert.True(PayloadReader.TryRead(CodecKind.Vp9, Vp9Key, marker: false, out FrameInfo vp9));
        Assert.True(vp9 is { IsKeyFrameStart: true, IsEndOfFrame: false, Width: 320, Height: 180, PictureId: 0x1234 });
        Assert.True(PayloadReader.TryRead(CodecKind.H264, H264Delta, marker: true, out FrameInfo h264));
        Assert.True(h264 is { IsFrameStart: true, IsKeyFrame: false, IsEndOfFrame: true, IsDiscardable: false, HasPictureId: false });
        Assert.True(PayloadReader.TryRead(CodecKind.Av1, Av1Frame, marker: false, out FrameInfo av1));
        Assert.True(av1 is { IsFrameStart: true, IsKeyFrame: false });
    }

    [Fact]
    public void Audio_and_malformed_payloads_are_refused()
    {
        Assert.False(PayloadReader.TryRead(CodecKind.Opus, Vp8Key, marker: true, out _));
        Assert.False(PayloadReader.TryRead(CodecKind.Unknown, Vp8Key, marker: true, out _));
        Assert.False(PayloadReader.TryRead(CodecKind.Vp8, [], marker: true, out _));
    }

    [Fact]
    public void The_dependency_descriptor_wins_over_the_payload()
    {
        DependencyDescriptorReader descriptors = new();
        byte[] structure = DescriptorTemplates.KeyFrame(DescriptorTemplates.L1T3, 0, 0, 1, targets: 3, chains: 1, [0, 0, 0], [(1280, 720)]);
        Assert.True(PayloadReader.TryRead(CodecKind.Vp8, Vp8Delta, marker: false, structure, descriptors, out FrameInfo frame));
        Assert.True(frame is { IsKeyFrame: true, IsKeyFrameStart: true, IsFrameStart: true, IsEndOfFrame: true, IsSwitchingUpPoint: true, TemporalId: 0, Width: 1280, FrameNumber: 1 });
        Assert.Equal(0x1235, frame.PictureId);

        // What looks like a key frame in the payload is none when the descriptor does not say so.
        Assert.True(PayloadReader.TryRead(CodecKind.Vp8, Vp8Key, marker: true, [0x83, 0, 2], descriptors, out frame));
        Assert.True(frame is { IsKeyFrame: false, IsKeyFrameStart: false, IsEndOfFrame: false, TemporalId: 2, IsDiscardable: true, HasFrameNumber: true, FrameNumber: 2 });
    }

    [Fact]
    public void An_encrypted_payload_is_read_by_its_descriptor_alone()
    {
        DependencyDescriptorReader descriptors = new();
        byte[] structure = DescriptorTemplates.KeyFrame(DescriptorTemplates.L1T3, 0, 0, 1, targets: 3, chains: 1, [0, 0, 0]);
        Assert.True(PayloadReader.TryRead(CodecKind.H264, [0x00, 0xFF], marker: false, structure, descriptors, out FrameInfo frame));
        Assert.True(frame is { IsKeyFrameStart: true, Width: 0 });
        Assert.False(PayloadReader.TryRead(CodecKind.H264, [0x00, 0xFF], marker: false, [0x80 | 40, 0, 2], descriptors, out _));
    }

    [Fact]
    public void Without_structure_or_descriptor_the_payload_counts()
    {
        DependencyDescriptorReader descriptors = new();
        Assert.True(PayloadReader.TryRead(CodecKind.Vp8, Vp8Delta, marker: false, [0x00, 0, 2], descriptors, out FrameInfo frame));
        Assert.True(frame is { IsFrameStart: false, TemporalId: 2, HasFrameNumber: true, FrameNumber: 2 });
        Assert.True(PayloadReader.TryRead(CodecKind.Vp8, Vp8Key, marker: false, [], descriptors, out frame));
        Assert.True(frame is { IsKeyFrameStart: true, HasFrameNumber: false });
        Assert.True(PayloadReader.TryRead(CodecKind.Vp8, Vp8Key, marker: false, [0x80], descriptors, out frame));
        Assert.True(frame is { IsKeyFrameStart: true, HasFrameNumber: false });
    }

    [Fact]
    public void Any_bytes_are_read_without_fault()
    {
        DependencyDescriptorReader descriptors = new();
        Gen.Select(Gen.Int[0, 6], Gen.Byte.Array[0, 40], Gen.Byte.Array[0, 30], Gen.Bool).Sample(
            (codec, payload, descriptor, marker) =>
            {
                PayloadReader.TryRead((CodecKind)codec, payload, marker, descriptor, descriptors, out FrameInfo frame);
                return frame.TemporalId < 8 && frame.SpatialId < 8;
            },
            iter: 10_000,
            threads: 1);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        DependencyDescriptorReader descriptors = new();
        byte[] structure = DescriptorTemplates.KeyFrame(DescriptorTemplates.L1T3, 0, 0, 1, targets: 3, chains: 1, [0, 0, 0]);
        Run(1_000);
        int read = 0;
        Assert.Equal(0, Allocations.Of(() => read = Run(20_000)));
        Assert.Equal(20_000 * 5, read);

        int Run(int times)
        {
            int count = 0;
            for (int i = 0; i < times; i++)
            {
                count += PayloadReader.TryRead(CodecKind.Vp8, Vp8Key, marker: false, structure, descriptors, out _) ? 1 : 0;
                count += PayloadReader.TryRead(CodecKind.Vp8, Vp8Delta, marker: false, out _) ? 1 : 0;
                count += PayloadReader.TryRead(CodecKind.Vp9, Vp9Key, marker: false, out _) ? 1 : 0;
                count += PayloadReader.TryRead(CodecKind.H264, H264Delta, marker: false, out _) ? 1 : 0;
                count += PayloadReader.TryRead(CodecKind.Av1, Av1Frame, marker: false, out _) ? 1 : 0;
            }

            return count;
        }
    }
}
