using CsCheck;
using Parley.Rtc.Rtcp;

namespace Parley.Rtc.Tests.Rtcp;

public sealed class NackTests
{
    [Theory]
    [InlineData(new long[] { 5 }, "00050000")]
    [InlineData(new long[] { 5, 6 }, "00050001")]
    [InlineData(new long[] { 5, 21 }, "00058000")] // the sixteenth after the first
    [InlineData(new long[] { 5, 22 }, "00050000" + "00160000")]
    [InlineData(new long[] { 0x1FFFF, 0x20000, 0x20001 }, "FFFF0003")] // over the wrap
    public void Entries_are_as_the_rfc_says(long[] missing, string expected)
    {
        byte[] buffer = new byte[64];
        RtcpWriter writer = new(buffer);
        Assert.Equal(missing.Length, writer.WriteNack(1, 2, missing));
        Assert.Equal(expected, Convert.ToHexString(buffer[12..writer.Length]));
        Assert.Equal("81CD", Convert.ToHexString(buffer[..2]));
    }

    [Fact]
    public void Every_number_is_asked_for_exactly_once()
    {
        Gen.Select(Gen.Long[0, 0x40000], Gen.Int[1, 40].Array[1, 60], Gen.Int[12, 120]).Sample(
            (start, steps, room) =>
            {
                long[] missing = new long[steps.Length];
                for (int i = 0; i < steps.Length; i++)
                    missing[i] = start += steps[i];
                byte[] buffer = new byte[room];
                RtcpWriter writer = new(buffer);
                int taken = writer.WriteNack(1, 0xAB, missing);
                Assert.True(taken > 0 || room < 16);
                if (taken == 0)
                    return;
                RtcpReader reader = new(buffer.AsSpan(0, writer.Length));
                Assert.True(reader.MoveNext());
                Assert.True(NackReader.TryRead(reader.Current, out NackReader nack));
                Assert.Equal(0xABu, nack.MediaSsrc);
                for (int i = 0; i < taken; i++)
                {
                    Assert.True(nack.MoveNext());
                    Assert.Equal((ushort)missing[i], nack.Current);
                }

                Assert.False(nack.MoveNext());
            },
            iter: 5_000);
    }

    [Theory]
    [InlineData("81CD0002" + "00000001" + "00000002")] // no entry
    [InlineData("A1CD0003" + "00000001" + "00000002" + "00050001")] // padding eats a byte of the entry
    [InlineData("82CD0003" + "00000001" + "00000002" + "00050001")] // another format
    public void Others_are_refused(string hex)
    {
        RtcpReader reader = new(Convert.FromHexString(hex));
        Assert.True(reader.MoveNext());
        Assert.False(NackReader.TryRead(reader.Current, out _));
    }
}
