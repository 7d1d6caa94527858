using CsCheck;
using Parley.Rtc.Payloads;

namespace Parley.Rtc.Tests.Payloads;

public sealed class Vp8DescriptorTests
{
    private const string KeyFrame = "000000" + "9D012A" + "8002" + "E001" + "FF";

    [Fact]
    public void All_fields_of_a_key_frame_are_read()
    {
        Assert.True(Vp8Descriptor.TryRead(Convert.FromHexString("90F0" + "9234" + "56" + "A5" + KeyFrame), out Vp8Descriptor vp8));
        Assert.Equal((6, (byte)15, (ushort)0x1234, true, (byte)0x56), (vp8.Length, vp8.PictureIdBits, vp8.PictureId, vp8.HasTl0PictureIndex, vp8.Tl0PictureIndex));
        Assert.Equal((true, (byte)2, true, true, (byte)5), (vp8.HasTemporalId, vp8.TemporalId, vp8.IsLayerSync, vp8.HasKeyIndex, vp8.KeyIndex));
        Assert.True(vp8 is { IsFrameStart: true, IsKeyFrame: true, IsNonReference: false, Width: 640, Height: 480 });
    }

    // mediasoup #160: no picture id, and no extension at all.
    [Theory]
    [InlineData("10" + "01FF", 1, false)]
    [InlineData("10" + KeyFrame, 1, true)]
    [InlineData("00" + "00FF", 1, false)] // not a start: the bit means nothing
    [InlineData("11" + "00FF", 1, false)] // another partition's start
    [InlineData("9000" + KeyFrame, 2, true)]
    [InlineData("908011" + KeyFrame, 3, true)]
    [InlineData("904011" + "01", 3, false)]
    [InlineData("902011" + "01", 3, false)]
    [InlineData("901011" + "01", 3, false)]
    [InlineData("10" + "00", 1, true)] // a key frame whose header is cut
    public void Every_field_is_optional(string hex, int length, bool key)
    {
        Assert.True(Vp8Descriptor.TryRead(Convert.FromHexString(hex), out Vp8Descriptor vp8));
        Assert.Equal((length, key), (vp8.Length, vp8.IsKeyFrame));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("90F0")]
    [InlineData("90809")]
    [InlineData("908092")]
    [InlineData("90F0923456A5")] // nothing behind the descriptor
    [InlineData("90F0923456")]
    public void What_does_not_fit_is_refused(string hex)
    {
        Assert.False(Vp8Descriptor.TryRead(Convert.FromHexString(hex.Length % 2 == 0 ? hex : hex + "0"), out _));
    }

    [Theory]
    [InlineData("90F0" + "9234" + "56" + "A5" + "01FF", "90F0" + "FFFE" + "AB" + "B1" + "01FF")]
    [InlineData("90F0" + "12" + "56" + "A5" + "01FF", "90F0" + "7E" + "AB" + "B1" + "01FF")] // seven bits stay seven
    [InlineData("9050" + "56" + "A5" + "01FF", "9050" + "AB" + "B1" + "01FF")]
    [InlineData("90A0" + "9234" + "A5" + "01FF", "90A0" + "FFFE" + "A5" + "01FF")] // no key index: its bits stay
    [InlineData("10" + "01FF", "10" + "01FF")]
    public void Running_numbers_are_rewritten_in_the_width_they_have(string hex, string expected)
    {
        byte[] payload = Convert.FromHexString(hex);
        Assert.True(Vp8Descriptor.TryRead(payload, out Vp8Descriptor vp8));
        PictureIds.Rewrite(payload, vp8, 0x7FFE, 0xAB, 0x11);
        Assert.Equal(expected, Convert.ToHexString(payload));
    }

    [Fact]
    public void Rewriting_changes_the_numbers_and_nothing_else()
    {
        Gen.Select(Gen.Byte.Array[1, 20], Gen.UShort, Gen.Byte, Gen.Byte).Sample(
            (payload, id, tl0, key) =>
            {
                if (!Vp8Descriptor.TryRead(payload, out Vp8Descriptor before))
                    return;
                PictureIds.Rewrite(payload, before, id, tl0, key);
                Assert.True(Vp8Descriptor.TryRead(payload, out Vp8Descriptor after));
                Vp8Descriptor expected = before with
                {
                    PictureId = (ushort)(id & ((1 << before.PictureIdBits) - 1)),
                    Tl0PictureIndex = before.HasTl0PictureIndex ? tl0 : (byte)0,
                    KeyIndex = before.HasKeyIndex ? (byte)(key & 31) : (byte)0,
                };
                Assert.Equal(expected, after);
            },
            iter: 5_000);
    }
}
