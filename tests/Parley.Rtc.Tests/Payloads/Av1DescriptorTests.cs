using CsCheck;
using Parley.Rtc.Payloads;
using Parley.Rtc.Tests.Primitives;

namespace Parley.Rtc.Tests.Payloads;

public sealed class Av1DescriptorTests
{
    // A sequence header OBU without size field: main profile, one operating point, level 8 with its tier bit, 1280 by 720.
    private static readonly byte[] Sequence =
        [0x08, .. new BitWriter().Bits(0, 3).Flag(false).Flag(false).Flag(false).Flag(false).Bits(0, 5).Bits(0, 12).Bits(8, 5).Flag(false)
            .Bits(10, 4).Bits(9, 4).Bits(1279, 11).Bits(719, 10).Bits(0, 12).ToArray()];

    private static readonly byte[] Frame = [0x30, 0x10, 0x20];

    [Fact]
    public void A_new_sequence_is_a_key_frame_with_its_size()
    {
        byte[] counted = [0x28, (byte)Sequence.Length, .. Sequence, .. Frame];
        byte[] lengths = [0x08, (byte)Sequence.Length, .. Sequence, (byte)Frame.Length, .. Frame];
        foreach (byte[] payload in (byte[][])[counted, lengths])
        {
            Assert.True(Av1Descriptor.TryRead(payload, out Av1Descriptor av1));
            Assert.True(av1 is { IsKeyFrame: true, IsFrameStart: true, StartsSequence: true, HasSequenceHeader: true, HasFrameHeader: true, Width: 1280, Height: 720 });
        }
    }

    [Fact]
    public void A_size_field_of_the_unit_itself_is_passed_over()
    {
        byte[] payload = [0x10, 0x0A, (byte)(Sequence.Length - 1), .. Sequence[1..]];
        Assert.True(Av1Descriptor.TryRead(payload, out Av1Descriptor av1));
        Assert.Equal((1280, 720), (av1.Width, av1.Height));
    }

    [Theory]
    [InlineData("0A0D" + "200000043CFECCDAF92021A004", 320, 180)] // libaom
    [InlineData("0A0E" + "2000002D4CFFB3CDAF92021A0040", 1280, 720)] // libaom
    [InlineData("0A0B" + "0000002D4CFFB3CFBF9004", 1280, 720)] // SVT-AV1
    public void Headers_of_real_encoders_are_read(string unit, int width, int height)
    {
        Assert.True(Av1Descriptor.TryRead(Convert.FromHexString("18" + unit), out Av1Descriptor av1));
        Assert.Equal((true, width, height), (av1.IsKeyFrame, av1.Width, av1.Height));
    }

    [Fact]
    public void A_reduced_header_is_read()
    {
        byte[] header = new BitWriter().Bits(0, 3).Flag(true).Flag(true).Bits(8, 5).Bits(8, 4).Bits(7, 4).Bits(319, 9).Bits(179, 8).ToArray();
        Assert.True(Av1Descriptor.TryRead([0x10, 0x08, .. header], out Av1Descriptor av1));
        Assert.Equal((320, 180), (av1.Width, av1.Height));
    }

    [Theory]
    [InlineData("10" + "301020", true, false)] // a frame
    [InlineData("90" + "301020", false, false)] // the rest of one
    [InlineData("A0" + "02" + "AABB" + "301020", true, false)] // a rest, then a frame
    [InlineData("10" + "201020", false, false)] // a tile group
    [InlineData("18" + "301020", true, true)] // N without a sequence header in sight
    [InlineData("10" + "08", true, true)] // a sequence header that is cut: no size
    public void Starts_are_told_apart(string hex, bool start, bool key)
    {
        Assert.True(Av1Descriptor.TryRead(Convert.FromHexString(hex), out Av1Descriptor av1));
        Assert.Equal((start, key, 0), (av1.IsFrameStart, av1.IsKeyFrame, av1.Width));
    }

    [Fact]
    public void Layers_are_read_from_the_extension_header()
    {
        Assert.True(Av1Descriptor.TryRead([0x10, 0x34, 0b010_01_000, 0x10], out Av1Descriptor av1));
        Assert.Equal((true, (byte)2, (byte)1), (av1.HasLayers, av1.TemporalId, av1.SpatialId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("00" + "05" + "30")] // a unit beyond the packet
    [InlineData("20" + "FF")] // a length without end
    [InlineData("00" + "FFFFFFFF01")]
    public void What_does_not_fit_is_refused(string hex)
    {
        Assert.False(Av1Descriptor.TryRead(Convert.FromHexString(hex), out _));
    }

    [Fact]
    public void Any_bytes_are_read_without_fault()
    {
        Gen<byte[]> mutated = Gen.Select(Gen.Int[0, 16], Gen.Byte, Gen.Int[2, 18]).Select((at, value, length) =>
        {
            byte[] copy = [0x28, (byte)Sequence.Length, .. Sequence, .. Frame];
            copy[at % copy.Length] = value;
            return copy[..Math.Min(length, copy.Length)];
        });
        Gen.OneOf(Gen.Byte.Array[0, 60], mutated).Sample(
            bytes => !Av1Descriptor.TryRead(bytes, out Av1Descriptor av1) || (av1.Width is >= 0 and <= 65536 && av1.Height is >= 0 and <= 65536), iter: 10_000);
    }
}
