namespace Parley.Rtc.Tests.Primitives;

/// <summary>Writes bits from the most significant on: the tests' way to make what <c>BitReader</c> reads.</summary>
internal sealed class BitWriter
{
    private readonly List<bool> _bits = [];

    public BitWriter Bits(ulong value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
            _bits.Add(((value >> i) & 1) != 0);
        return this;
    }

    public BitWriter Flag(bool value) => Bits(value ? 1u : 0u, 1);

    public BitWriter ExpGolomb(uint value)
    {
        int width = 63 - System.Numerics.BitOperations.LeadingZeroCount(value + 1UL);
        return Bits(0, width).Bits(value + 1UL, width + 1);
    }

    public BitWriter NonSymmetric(uint value, uint limit)
    {
        if (limit <= 1)
            return this;
        int width = 32 - System.Numerics.BitOperations.LeadingZeroCount(limit);
        uint shorter = (1u << width) - limit;
        return value < shorter ? Bits(value, width - 1) : Bits(value + shorter, width);
    }

    public byte[] ToArray()
    {
        byte[] bytes = new byte[(_bits.Count + 7) / 8];
        for (int i = 0; i < _bits.Count; i++)
        {
            if (_bits[i])
                bytes[i / 8] |= (byte)(0x80 >> (i % 8));
        }

        return bytes;
    }
}
