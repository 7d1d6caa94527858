using System.Numerics;

namespace Parley.Rtc.Rtcp;

/// <summary>
/// One 16-bit packet status chunk (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1.3 and 3.1.4): a run of one symbol, 14 one-bit or 7 two-bit symbols.
/// Symbols: 0 not received, 1 with a delta of one byte, 2 with a delta of two bytes, 3 reserved.
/// </summary>
internal readonly struct StatusChunk(ushort bits)
{
    internal const int LongestRun = 0x1FFF;

    /// <summary>How many symbols the chunk holds; the last chunk's may be more than are meant.</summary>
    internal int Count => IsRun ? bits & LongestRun : IsTwoBit ? 7 : 14;

    private bool IsRun => (bits & 0x8000) == 0;

    private bool IsTwoBit => (bits & 0x4000) != 0;

    /// <summary>The symbol at a position below <see cref="Count"/>.</summary>
    internal int Symbol(int index)
    {
        if (IsRun)
            return bits >> 13;
        return IsTwoBit ? (bits >> (12 - (index * 2))) & 3 : (bits >> (13 - index)) & 1;
    }

    /// <summary>Bytes of deltas that the first <paramref name="count"/> symbols have; -1 when one of them is reserved.</summary>
    internal int DeltaBytes(int count)
    {
        if (IsRun)
            return bits >> 13 == 3 ? -1 : count * (bits >> 13);
        if (!IsTwoBit)
            return BitOperations.PopCount((uint)(bits & 0x3FFF) >> (14 - count));
        int bytes = 0;
        for (int i = 0; i < count; i++)
        {
            int symbol = Symbol(i);
            if (symbol == 3)
                return -1;
            bytes += symbol;
        }

        return bytes;
    }
}
