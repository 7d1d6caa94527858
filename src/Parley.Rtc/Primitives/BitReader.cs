namespace Parley.Rtc.Primitives;

/// <summary>
/// Reads bits from the most significant on. It never reads beyond its bytes: from there on every value is 0 and <see cref="Failed"/> is set, so that a parser may check once at its end.
/// </summary>
public ref struct BitReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    /// <summary>Starts at the first bit of <paramref name="bytes"/>.</summary>
    public BitReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
    }

    /// <summary>Whether more was asked for than there is, or a value was malformed.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bits that are left.</summary>
    public readonly int Remaining => (_bytes.Length * 8) - _position;

    /// <summary>Reads one bit.</summary>
    public bool ReadFlag() => ReadBits(1) != 0;

    /// <summary>Reads an unsigned value of 0 to 32 bits.</summary>
    public uint ReadBits(int count)
    {
        if (Failed || (uint)count > 32 || count > Remaining)
        {
            Failed = true;
            return 0;
        }

        ulong value = 0;
        int left = count;
        while (left > 0)
        {
            int inByte = 8 - (_position & 7);
            int take = Math.Min(inByte, left);
            int bits = (_bytes[_position >> 3] >> (inByte - take)) & ((1 << take) - 1);
            value = (value << take) | (uint)bits;
            _position += take;
            left -= take;
        }

        return (uint)value;
    }

    /// <summary>Passes over bits.</summary>
    public void Skip(int count)
    {
        if (count < 0 || count > Remaining)
            Failed = true;
        else
            _position += count;
    }

    /// <summary>Reads a value below <paramref name="limit"/> in the <c>ns(n)</c> code of the AV1 specification (section 4.10.7).</summary>
    public uint ReadNonSymmetric(uint limit)
    {
        if (limit <= 1)
            return 0;
        int width = 32 - System.Numerics.BitOperations.LeadingZeroCount(limit);
        uint shorter = (uint)((1UL << width) - limit);
        uint value = ReadBits(width - 1);
        if (value < shorter)
            return value;
        return (value << 1) - shorter + ReadBits(1);
    }

    /// <summary>Reads an unsigned Exp-Golomb value (H.264 section 9.1); one above 2^32 - 2 fails.</summary>
    public uint ReadExpGolomb()
    {
        int zeros = 0;
        while (!Failed && !ReadFlag())
        {
            if (++zeros <= 31)
                continue;
            Failed = true;
        }

        return Failed ? 0 : (uint)((1UL << zeros) - 1 + ReadBits(zeros));
    }

    /// <summary>Reads a signed Exp-Golomb value (H.264 section 9.1.1).</summary>
    public int ReadSignedExpGolomb()
    {
        uint value = ReadExpGolomb();
        return (value & 1) != 0 ? (int)((value >> 1) + 1) : -(int)(value >> 1);
    }
}
