using Parley.Rtc.Primitives;

namespace Parley.Rtc.Payloads;

/// <summary>Reads the picture's size from a sequence parameter set (H.264 section 7.3.2.1.1).</summary>
public static class H264SequenceParameters
{
    // The size stands early; scaling lists, the longest part before it, stay within this.
    private const int MaximumLength = 256;

    /// <summary>Reads the size after cropping from the bytes behind the unit's header; false when it cannot be read, and both are then 0.</summary>
    public static bool TryReadSize(ReadOnlySpan<byte> data, out int width, out int height)
    {
        Span<byte> plain = stackalloc byte[MaximumLength];
        BitReader reader = new(plain[..Unescape(data, plain)]);
        uint profile = reader.ReadBits(8);
        reader.Skip(16);
        reader.ReadExpGolomb();
        uint chroma = 1;
        bool separatePlanes = false;
        if (profile is 100 or 110 or 122 or 244 or 44 or 83 or 86 or 118 or 128 or 138 or 139 or 134 or 135)
        {
            chroma = reader.ReadExpGolomb();
            separatePlanes = chroma == 3 && reader.ReadFlag();
            reader.ReadExpGolomb();
            reader.ReadExpGolomb();
            reader.ReadFlag();
            if (reader.ReadFlag())
                SkipScalingLists(ref reader, chroma == 3 ? 12 : 8);
        }

        SkipOrderCount(ref reader);
        reader.ReadExpGolomb();
        reader.ReadFlag();
        long columns = reader.ReadExpGolomb() + 1L;
        long rows = reader.ReadExpGolomb() + 1L;
        bool framesOnly = reader.ReadFlag();
        if (!framesOnly)
            reader.ReadFlag();
        reader.ReadFlag();
        long left = 0, right = 0, top = 0, bottom = 0;
        if (reader.ReadFlag())
        {
            left = reader.ReadExpGolomb();
            right = reader.ReadExpGolomb();
            top = reader.ReadExpGolomb();
            bottom = reader.ReadExpGolomb();
        }

        int unitX = !separatePlanes && chroma is 1 or 2 ? 2 : 1;
        int unitY = (!separatePlanes && chroma == 1 ? 2 : 1) * (framesOnly ? 1 : 2);
        long w = (columns * 16) - ((left + right) * unitX);
        long h = (rows * 16 * (framesOnly ? 1 : 2)) - ((top + bottom) * unitY);
        bool sound = !reader.Failed && w is > 0 and <= ushort.MaxValue && h is > 0 and <= ushort.MaxValue;
        width = sound ? (int)w : 0;
        height = sound ? (int)h : 0;
        return sound;
    }

    // A third byte 3 behind two zeros was put there by the encoder (section 7.4.1).
    private static int Unescape(ReadOnlySpan<byte> data, Span<byte> plain)
    {
        int length = 0;
        int zeros = 0;
        foreach (byte value in data)
        {
            if (length == plain.Length)
                break;
            if (zeros >= 2 && value == 3)
            {
                zeros = 0;
                continue;
            }

            zeros = value == 0 ? zeros + 1 : 0;
            plain[length++] = value;
        }

        return length;
    }

    private static void SkipScalingLists(ref BitReader reader, int count)
    {
        for (int list = 0; list < count; list++)
        {
            if (!reader.ReadFlag())
                continue;
            int size = list < 6 ? 16 : 64;
            int last = 8;
            int next = 8;
            for (int i = 0; i < size && !reader.Failed; i++)
            {
                if (next != 0)
                    next = (last + reader.ReadSignedExpGolomb()) & 0xFF;
                last = next == 0 ? last : next;
            }
        }
    }

    private static void SkipOrderCount(ref BitReader reader)
    {
        reader.ReadExpGolomb();
        uint type = reader.ReadExpGolomb();
        if (type == 0)
        {
            reader.ReadExpGolomb();
        }
        else if (type == 1)
        {
            reader.ReadFlag();
            reader.ReadSignedExpGolomb();
            reader.ReadSignedExpGolomb();
            uint cycle = reader.ReadExpGolomb();
            for (uint i = 0; i < cycle && !reader.Failed; i++)
                reader.ReadSignedExpGolomb();
        }
    }
}
