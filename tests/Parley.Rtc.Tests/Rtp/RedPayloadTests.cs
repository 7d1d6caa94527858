using CsCheck;
using Parley.Rtc.Rtp;

namespace Parley.Rtc.Tests.Rtp;

public sealed class RedPayloadTests
{
    [Theory]
    [InlineData("6F" + "AABB", 111, "AABB")] // no redundancy
    [InlineData("EF0F0002" + "6F" + "0102" + "AABB", 111, "AABB")] // one block of two bytes
    [InlineData("EF0F0002" + "EF078001" + "6F" + "0102" + "03" + "AA", 111, "AA")]
    [InlineData("6F", 111, "")]
    public void The_primary_block_is_found(string hex, byte type, string expected)
    {
        Assert.True(RedPayload.TryReadPrimary(Convert.FromHexString(hex), out byte payloadType, out ReadOnlySpan<byte> primary));
        Assert.Equal(type, payloadType);
        Assert.Equal(expected, Convert.ToHexString(primary));
    }

    [Theory]
    [InlineData("")]
    [InlineData("EF0F00")] // half a header
    [InlineData("EF0F0002")] // no primary header
    [InlineData("EF0F0003" + "6F" + "0102")] // blocks beyond the payload
    public void What_does_not_fit_is_refused(string hex)
    {
        Assert.False(RedPayload.TryReadPrimary(Convert.FromHexString(hex), out _, out _));
    }

    [Fact]
    public void The_number_of_blocks_is_bounded()
    {
        byte[] payload = new byte[(4 * (RedPayload.MaximumRedundantBlocks + 1)) + 1];
        for (int i = 0; i <= RedPayload.MaximumRedundantBlocks; i++)
            payload[i * 4] = 0x80;
        Assert.False(RedPayload.TryReadPrimary(payload, out _, out _));
        Assert.True(RedPayload.TryReadPrimary(payload.AsSpan(4), out _, out _));
    }

    [Fact]
    public void Any_bytes_are_read_without_fault()
    {
        Gen.Byte.Array[0, 60].Sample(
            bytes => !RedPayload.TryReadPrimary(bytes, out _, out ReadOnlySpan<byte> primary) || primary.Length < bytes.Length, iter: 5_000);
    }
}
