using CsCheck;
using Parley.Rtc.Rtp.Extensions;

namespace Parley.Rtc.Tests.Rtp.Extensions;

public sealed class ExtensionCodecTests
{
    [Theory]
    [InlineData("0", true, true)]
    [InlineData("hi", true, true)]
    [InlineData("a-b_c", true, true)]
    [InlineData("0123456789abcdef", true, true)]
    [InlineData("0123456789abcdefg", false, false)]
    [InlineData("", false, false)]
    [InlineData("a.b", true, false)]
    [InlineData("{x}", true, false)]
    [InlineData("a b", false, false)]
    [InlineData("a/b", false, false)]
    [InlineData("a\"", false, false)]
    [InlineData("a=", false, false)]
    [InlineData("\u00e9", false, false)]
    [InlineData("a\n", false, false)]
    public void Names_are_checked(string name, bool mid, bool rid)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(name);
        Assert.Equal(mid, StreamNames.IsMid(bytes));
        Assert.Equal(rid, StreamNames.IsRid(bytes));
    }

    [Fact]
    public void Transport_sequence_is_read_back()
    {
        byte[] data = new byte[2];
        Assert.True(TransportSequence.TryWrite(data, 0x1234));
        Assert.Equal("1234", Convert.ToHexString(data));
        Assert.True(TransportSequence.TryRead(data, out ushort sequence));
        Assert.Equal(0x1234, sequence);
        Assert.False(TransportSequence.TryRead(data.AsSpan(1), out _));
        Assert.False(TransportSequence.TryWrite(data.AsSpan(1), 1));
    }

    [Fact]
    public void Audio_level_is_read_back()
    {
        byte[] data = new byte[1];
        Assert.True(new AudioLevel(true, 42).TryWrite(data));
        Assert.Equal(0xAA, data[0]);
        Assert.True(AudioLevel.TryRead(data, out AudioLevel level));
        Assert.Equal(new(true, 42), level);
        Assert.True(AudioLevel.TryRead([0x7F, 0], out level));
        Assert.Equal(new(false, 127), level);
        Assert.False(AudioLevel.TryRead([], out _));
        Assert.False(level.TryWrite([]));
    }

    [Fact]
    public void Capture_time_is_read_back()
    {
        Gen.Select(Gen.ULong, Gen.Long.Nullable()).Sample((ntp, offset) =>
        {
            AbsoluteCaptureTime time = new(new(ntp), offset);
            byte[] data = new byte[time.Length];
            Assert.False(time.TryWrite(data.AsSpan(1)));
            Assert.True(time.TryWrite(data));
            Assert.True(AbsoluteCaptureTime.TryRead(data, out AbsoluteCaptureTime read));
            Assert.Equal(time, read);
            Assert.False(AbsoluteCaptureTime.TryRead(data.AsSpan(1), out _));
        });
    }

    [Fact]
    public void Playout_delay_is_read_back()
    {
        byte[] data = new byte[3];
        Assert.True(new PlayoutDelay(0x123, 0xABC).TryWrite(data));
        Assert.Equal("123ABC", Convert.ToHexString(data));
        Assert.True(PlayoutDelay.TryRead(data, out PlayoutDelay delay));
        Assert.Equal(new(0x123, 0xABC), delay);
        Assert.False(PlayoutDelay.TryRead([0xAB, 0xC1, 0x23], out _));
        Assert.False(PlayoutDelay.TryRead([1, 2], out _));
        Assert.False(delay.TryWrite(data.AsSpan(1)));
    }

    [Fact]
    public void Orientation_is_read_back()
    {
        byte[] data = new byte[1];
        for (byte turns = 0; turns < 4; turns++)
        {
            VideoOrientation orientation = new(turns % 2 == 0, turns > 1, turns);
            Assert.True(orientation.TryWrite(data));
            Assert.True(VideoOrientation.TryRead(data, out VideoOrientation read));
            Assert.Equal(orientation, read);
        }

        Assert.False(VideoOrientation.TryRead([], out _));
    }
}
