using CsCheck;
using Parley.Rtc.Payloads;
using Parley.Rtc.Tests.Primitives;

namespace Parley.Rtc.Tests.Payloads;

public sealed class H264DescriptorTests
{
    // Constrained baseline, level 3.1, 1280 by 720.
    private static readonly byte[] Sps = [0x67, .. SequenceParameters(66, 80, 45, cropBottom: 0)];

    [Fact]
    public void Parameter_sets_in_an_aggregate_start_a_key_frame()
    {
        byte[] payload = [0x78, 0, (byte)Sps.Length, .. Sps, 0, 4, 0x68, 0xCE, 0x3C, 0x80];
        Assert.True(H264Descriptor.TryRead(payload, out H264Descriptor h264));
        Assert.True(h264 is { IsFrameStart: true, IsKeyFrame: true, IsKeyFrameStart: true, HasPictureParameters: true, IsReference: true, HasIdr: false });
        Assert.Equal((1280, 720), (h264.Width, h264.Height));
    }

    [Theory]
    [InlineData("6588", false, true, false)] // an IDR slice: its parameter sets went before
    [InlineData("6548", false, true, false)] // a later slice of it
    [InlineData("4188", true, false, false)] // the first slice of another picture
    [InlineData("4148", false, false, false)]
    [InlineData("0188", true, false, false)]
    [InlineData("0910", true, false, false)] // a delimiter
    [InlineData("68CE", false, false, false)]
    [InlineData("7C8588", false, true, false)] // an IDR slice's first fragment
    [InlineData("7C0588", false, true, false)]
    [InlineData("7C4588", false, true, false)] // its last
    [InlineData("5C8188", true, false, false)]
    [InlineData("5C0188", false, false, false)]
    [InlineData("7C8742E01F", true, true, true)] // a fragmented sequence parameter set
    [InlineData("7C0742E01F", false, false, false)]
    public void Slices_and_fragments_are_told_apart(string hex, bool start, bool key, bool keyStart)
    {
        Assert.True(H264Descriptor.TryRead(Convert.FromHexString(hex), out H264Descriptor h264));
        Assert.Equal((start, key, keyStart), (h264.IsFrameStart, h264.IsKeyFrame, h264.IsKeyFrameStart));
    }

    [Theory]
    [InlineData("0188", false)]
    [InlineData("4188", true)]
    [InlineData("1C8188", false)]
    [InlineData("5C8188", true)]
    [InlineData("78" + "0002" + "0188", false)]
    [InlineData("78" + "0002" + "0188" + "0002" + "4188", true)]
    public void References_are_told_by_the_unit_s_header(string hex, bool reference)
    {
        Assert.True(H264Descriptor.TryRead(Convert.FromHexString(hex), out H264Descriptor h264));
        Assert.Equal(reference, h264.IsReference);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("7C85")] // a fragment without data
    [InlineData("78")]
    [InlineData("780005")]
    [InlineData("7800056742")] // a unit beyond the packet
    [InlineData("78000067")] // a unit without bytes
    [InlineData("78000165" + "00")] // a rest that is no unit
    [InlineData("1A0000")] // MTAP16
    public void What_does_not_fit_is_refused(string hex)
    {
        Assert.False(H264Descriptor.TryRead(Convert.FromHexString(hex), out _));
    }

    [Theory]
    [InlineData(66, 80, 45, 0, 1280, 720)]
    [InlineData(66, 40, 30, 0, 640, 480)]
    [InlineData(77, 120, 68, 4, 1920, 1080)]
    [InlineData(100, 120, 68, 4, 1920, 1080)]
    public void The_picture_s_size_is_read(int profile, int columns, int rows, int cropBottom, int width, int height)
    {
        Assert.True(H264SequenceParameters.TryReadSize(SequenceParameters(profile, columns, rows, cropBottom), out int w, out int h));
        Assert.Equal((width, height), (w, h));
    }

    [Fact]
    public void Emulation_prevention_is_undone()
    {
        // Written by x264 for 1280 by 720; the escapes stand behind the size, so one is also put before it by hand.
        Assert.True(H264SequenceParameters.TryReadSize(Convert.FromHexString("64001FACD9405005BB0110000003001000000303C0F1831960"), out int width, out int height));
        Assert.Equal((1280, 720), (width, height));
        byte[] plain = [66, 0, 0, .. SequenceParameters(66, 80, 45, 0)[3..]];
        byte[] escaped = [66, 0, 0, 3, .. plain[3..]];
        Assert.True(H264SequenceParameters.TryReadSize(escaped, out width, out height));
        Assert.Equal((1280, 720), (width, height));
    }

    [Fact]
    public void Any_bytes_are_read_without_fault()
    {
        Gen<byte[]> mutated = Gen.Select(Gen.Int[1, Sps.Length - 1], Gen.Byte, Gen.Int[2, Sps.Length]).Select((at, value, length) =>
        {
            byte[] copy = [.. Sps];
            copy[at] = value;
            return copy[..length];
        });
        Gen.OneOf(Gen.Byte.Array[0, 60], mutated).Sample(
            bytes => !H264Descriptor.TryRead(bytes, out H264Descriptor h264) || (h264.Width is >= 0 and <= ushort.MaxValue && h264.Height is >= 0 and <= ushort.MaxValue),
            iter: 10_000);
    }

    private static byte[] SequenceParameters(int profile, int columns, int rows, int cropBottom)
    {
        BitWriter writer = new BitWriter().Bits((ulong)profile, 8).Bits(0xE0, 8).Bits(31, 8).ExpGolomb(0);
        if (profile == 100)
            writer.ExpGolomb(1).ExpGolomb(0).ExpGolomb(0).Flag(false).Flag(true).Flag(true).ExpGolomb(16).Bits(0, 7);
        writer.ExpGolomb(0).ExpGolomb(0).ExpGolomb(2).ExpGolomb(1).Flag(false).ExpGolomb((uint)columns - 1).ExpGolomb((uint)rows - 1).Flag(true).Flag(true);
        writer.Flag(cropBottom > 0);
        if (cropBottom > 0)
            writer.ExpGolomb(0).ExpGolomb(0).ExpGolomb(0).ExpGolomb((uint)cropBottom);
        return writer.Flag(false).Bits(1, 1).ToArray();
    }
}
