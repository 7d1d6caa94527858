using CsCheck;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Tests.Primitives;

public sealed class BitReaderTests
{
    [Fact]
    public void Bits_come_from_the_most_significant_on()
    {
        BitReader reader = new([0b1010_0101, 0xFF, 0x00, 0x12, 0x34]);
        Assert.True(reader.ReadFlag());
        Assert.Equal(0b010u, reader.ReadBits(3));
        Assert.Equal(0b0101_1111u, reader.ReadBits(8));
        Assert.Equal(0u, reader.ReadBits(0));
        reader.Skip(4);
        Assert.Equal(0x001234u, reader.ReadBits(24));
        Assert.Equal(0, reader.Remaining);
        Assert.False(reader.Failed);
    }

    [Fact]
    public void Beyond_the_end_everything_is_zero_and_failed()
    {
        BitReader reader = new([0xFF]);
        Assert.Equal(0u, reader.ReadBits(9));
        Assert.True(reader.Failed);
        Assert.Equal(0u, reader.ReadBits(1));
        BitReader skipping = new([0xFF]);
        skipping.Skip(9);
        Assert.True(skipping.Failed);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("010", 1)]
    [InlineData("011", 2)]
    [InlineData("00100", 3)]
    [InlineData("0001000", 7)]
    [InlineData("00000000000000000000000000000001" + "1111111111111111111111111111111", uint.MaxValue - 1)]
    public void Exp_golomb_is_read(string bits, uint expected)
    {
        BitReader reader = new(Bytes(bits));
        Assert.Equal(expected, reader.ReadExpGolomb());
        Assert.False(reader.Failed);
    }

    [Theory]
    [InlineData("1", 0)]
    [InlineData("010", 1)]
    [InlineData("011", -1)]
    [InlineData("00100", 2)]
    [InlineData("00101", -2)]
    public void Signed_exp_golomb_is_read(string bits, int expected)
    {
        BitReader reader = new(Bytes(bits));
        Assert.Equal(expected, reader.ReadSignedExpGolomb());
    }

    [Fact]
    public void Exp_golomb_without_end_fails()
    {
        BitReader reader = new(new byte[20]);
        Assert.Equal(0u, reader.ReadExpGolomb());
        Assert.True(reader.Failed);
        Assert.Equal(0, reader.ReadSignedExpGolomb());
    }

    // AV1 specification section 4.10.7's table for n = 5.
    [Theory]
    [InlineData("00", 0)]
    [InlineData("01", 1)]
    [InlineData("10", 2)]
    [InlineData("110", 3)]
    [InlineData("111", 4)]
    public void Non_symmetric_is_read(string bits, uint expected)
    {
        BitReader reader = new(Bytes(bits));
        Assert.Equal(expected, reader.ReadNonSymmetric(5));
        Assert.Equal((8 * Bytes(bits).Length) - bits.Length, reader.Remaining);
    }

    [Fact]
    public void Any_bytes_are_read_without_fault()
    {
        Gen.Select(Gen.Byte.Array[0, 12], Gen.Int[-1, 33].Array[1, 30]).Sample(
            (bytes, counts) =>
            {
                BitReader reader = new(bytes);
                for (int i = 0; i < counts.Length; i++)
                {
                    _ = (i % 4) switch
                    {
                        0 => reader.ReadBits(counts[i]),
                        1 => reader.ReadExpGolomb(),
                        2 => (uint)reader.ReadSignedExpGolomb(),
                        _ => reader.ReadNonSymmetric((uint)Math.Max(0, counts[i])),
                    };
                    Assert.InRange(reader.Remaining, 0, bytes.Length * 8);
                }
            },
            iter: 5_000);
    }

    private static byte[] Bytes(string bits)
    {
        byte[] bytes = new byte[(bits.Length + 7) / 8];
        for (int i = 0; i < bits.Length; i++)
        {
            if (bits[i] == '1')
                bytes[i / 8] |= (byte)(0x80 >> (i % 8));
        }

        return bytes;
    }
}
