using Parley.Rtc.Rtp;

namespace Parley.Rtc.Tests.Rtp;

public sealed class RtxPayloadTests
{
    [Fact]
    public void Original_sequence_and_payload_are_read()
    {
        Assert.True(RtxPayload.TryRead([0x12, 0x34, 0x56], out ushort sequence, out ReadOnlySpan<byte> payload));
        Assert.Equal(0x1234, sequence);
        Assert.Equal([0x56], payload.ToArray());
    }

    [Fact]
    public void Probes_without_an_original_payload_repair_nothing()
    {
        Assert.False(RtxPayload.TryRead([], out _, out _));
        Assert.False(RtxPayload.TryRead([1], out _, out _));
        Assert.False(RtxPayload.TryRead([1, 2], out _, out _));
    }

    [Fact]
    public void Header_is_written_where_it_fits()
    {
        byte[] buffer = new byte[3];
        Assert.Equal(2, RtxPayload.WriteHeader(buffer, 0xABCD));
        Assert.Equal("ABCD00", Convert.ToHexString(buffer));
        Assert.Equal(0, RtxPayload.WriteHeader(buffer.AsSpan(0, 1), 1));
    }
}
