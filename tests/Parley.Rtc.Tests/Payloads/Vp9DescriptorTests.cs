using CsCheck;
using Parley.Rtc.Payloads;

namespace Parley.Rtc.Tests.Payloads;

public sealed class Vp9DescriptorTests
{
    [Fact]
    public void A_key_frame_with_its_structure_is_read()
    {
        // Two spatial layers with sizes, two pictures in the group.
        byte[] payload = Convert.FromHexString("AA" + "9234" + "00" + "07" + "38" + "014000B4" + "02800168" + "02" + "0401" + "00" + "FF");
        Assert.True(Vp9Descriptor.TryRead(payload, out Vp9Descriptor vp9));
        Assert.Equal((payload.Length - 1, (byte)15, (ushort)0x1234, (byte)7, (byte)2), (vp9.Length, vp9.PictureIdBits, vp9.PictureId, vp9.Tl0PictureIndex, vp9.SpatialLayerCount));
        Assert.True(vp9 is { IsKeyFrame: true, IsFrameStart: true, IsFrameEnd: false, IsFlexible: false, HasTl0PictureIndex: true, Width: 320, Height: 180 });
    }

    [Fact]
    public void A_flexible_frame_is_read()
    {
        Assert.True(Vp9Descriptor.TryRead(Convert.FromHexString("FD" + "11" + "33" + "03" + "04" + "FF"), out Vp9Descriptor vp9));
        Assert.Equal((5, (byte)7, (ushort)0x11, (byte)1, (byte)1), (vp9.Length, vp9.PictureIdBits, vp9.PictureId, vp9.TemporalId, vp9.SpatialId));
        Assert.True(vp9 is { IsFlexible: true, IsInterPicture: true, IsSwitchingUpPoint: true, IsInterLayer: true, IsNonReferenceForUpper: true, IsKeyFrame: false, HasTl0PictureIndex: false });
    }

    [Theory]
    [InlineData("0C" + "FF", true)] // no picture id, no layers
    [InlineData("04" + "FF", false)] // not the start
    [InlineData("4C" + "FF", false)] // refers to an earlier picture
    [InlineData("2C" + "0200" + "FF", false)] // an upper layer
    public void Key_frames_start_in_the_lowest_layer_without_reference(string hex, bool key)
    {
        Assert.True(Vp9Descriptor.TryRead(Convert.FromHexString(hex), out Vp9Descriptor vp9));
        Assert.Equal(key, vp9.IsKeyFrame);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0C")] // nothing behind the descriptor
    [InlineData("8C92")]
    [InlineData("2C02")]
    [InlineData("5C0303")]
    [InlineData("5C03030300")] // a fourth reference
    [InlineData("0E" + "30" + "0140")] // sizes beyond the payload
    [InlineData("0E" + "08" + "05" + "00")] // five pictures announced
    [InlineData("0E" + "08" + "01" + "0C" + "01")] // references beyond the payload
    public void What_does_not_fit_is_refused(string hex)
    {
        Assert.False(Vp9Descriptor.TryRead(Convert.FromHexString(hex), out _));
    }

    [Fact]
    public void Rewriting_changes_the_numbers_and_nothing_else()
    {
        Gen.Select(Gen.Byte.Array[1, 40], Gen.UShort, Gen.Byte).Sample(
            (payload, id, tl0) =>
            {
                if (!Vp9Descriptor.TryRead(payload, out Vp9Descriptor before))
                    return;
                PictureIds.Rewrite(payload, before, id, tl0);
                Assert.True(Vp9Descriptor.TryRead(payload, out Vp9Descriptor after));
                Assert.Equal(
                    before with { PictureId = (ushort)(id & ((1 << before.PictureIdBits) - 1)), Tl0PictureIndex = before.HasTl0PictureIndex ? tl0 : (byte)0 }, after);
            },
            iter: 10_000);
    }
}
