using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>Packs missing sequence numbers into the entries of a generic NACK (RFC 4585 section 6.2.1).</summary>
internal static class NackWriter
{
    internal const int EntryLength = 4;

    /// <summary>
    /// Writes entries for numbers in rising order and returns how many numbers were taken; the others found no room. Numbers are extended, so that a packet may ask across the wrap.
    /// </summary>
    internal static int WriteEntries(Span<byte> destination, ReadOnlySpan<long> missing, out int length)
    {
        length = 0;
        int taken = 0;
        while (taken < missing.Length && destination.Length - length >= EntryLength)
        {
            long first = missing[taken++];
            int bitmap = 0;
            // Bit n - 1 stands for the n-th number after the first, up to the sixteenth.
            while (taken < missing.Length && missing[taken] - first is >= 0 and <= 16)
            {
                int distance = (int)(missing[taken++] - first);
                bitmap |= (1 << distance) >> 1;
            }

            BinaryPrimitives.WriteUInt16BigEndian(destination[length..], (ushort)first);
            BinaryPrimitives.WriteUInt16BigEndian(destination[(length + 2)..], (ushort)bitmap);
            length += EntryLength;
        }

        return taken;
    }
}
