using CsCheck;
using Parley.Rtc.Payloads;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Tests.Payloads;

/// <summary>What end-to-end encryption leaves in clear of a frame suffices: whatever stands behind it, a packet says the same (docs/encryption.md).</summary>
public sealed class SealedPayloadTests
{
    private const string Av1SequenceHeader = "0A0B00000004477E1A63FF3008";

    /// <summary>The payload descriptor and what is in clear of the frame, of packets that begin a frame.</summary>
    [Theory]
    [InlineData(CodecKind.Vp8, "90F0" + "9234" + "56" + "25" + "000000" + "9D012A" + "8002" + "E001", true)]
    [InlineData(CodecKind.Vp8, "B0F0" + "9235" + "56" + "A5" + "01", false)]
    [InlineData(CodecKind.Vp9, "AA" + "9234" + "00" + "07" + "18" + "014000B4" + "00", true)]
    [InlineData(CodecKind.Vp9, "E8" + "9235" + "00" + "08", false)]
    [InlineData(CodecKind.H264, "41" + "889A", false)]
    [InlineData(CodecKind.H264, "7C85" + "889A", false)]
    [InlineData(CodecKind.Av1, "1030", false)]
    [InlineData(CodecKind.Av1, "280D" + Av1SequenceHeader + "30", true)]
    public void A_sealed_frame_says_what_the_plain_one_says(CodecKind codec, string clear, bool isKeyFrameStart)
    {
        byte[] start = Convert.FromHexString(clear);
        Assert.True(PayloadReader.TryRead(codec, [.. start, 0x10, 0x20, 0x30, 0x40], marker: false, out FrameInfo plain));
        Assert.Equal(isKeyFrameStart, plain.IsKeyFrameStart);
        Gen.Byte.Array[4, 60].Sample(
            body => PayloadReader.TryRead(codec, [.. start, .. body], marker: false, out FrameInfo hidden) && hidden == plain,
            print: Convert.ToHexString);
    }

    /// <summary>A later packet of a frame holds sealed bytes only: it begins nothing.</summary>
    [Theory]
    [InlineData(CodecKind.Vp8, "80F0" + "9234" + "56" + "25")]
    [InlineData(CodecKind.Vp9, "A0" + "9234" + "00" + "07")]
    [InlineData(CodecKind.H264, "7C05")]
    [InlineData(CodecKind.Av1, "90")]
    public void A_later_packet_of_a_sealed_frame_begins_nothing(CodecKind codec, string descriptor)
    {
        byte[] start = Convert.FromHexString(descriptor);
        Gen.Byte.Array[4, 60].Sample(
            body => PayloadReader.TryRead(codec, [.. start, .. body], marker: true, out FrameInfo frame) && frame is { IsFrameStart: false, IsKeyFrameStart: false, Width: 0, Height: 0 },
            print: Convert.ToHexString);
    }
}
