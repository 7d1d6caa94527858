namespace Parley.Rtc.Rtp;

/// <summary>A payload of redundant audio: block headers, then the blocks, the newest (primary) one last (RFC 2198 section 3).</summary>
public static class RedPayload
{
    /// <summary>The most redundant blocks that are accepted; browsers send at most 9.</summary>
    public const int MaximumRedundantBlocks = 32;

    /// <summary>Finds the primary block. False when a header or the redundant blocks do not fit, or there are too many of them.</summary>
    public static bool TryReadPrimary(ReadOnlySpan<byte> payload, out byte payloadType, out ReadOnlySpan<byte> primary)
    {
        payloadType = 0;
        primary = default;
        int header = 0;
        int redundant = 0;
        for (int block = 0; header < payload.Length; block++)
        {
            byte first = payload[header];
            if ((first & 0x80) == 0)
            {
                if (redundant > payload.Length - header - 1)
                    return false;
                payloadType = first;
                primary = payload[(header + 1 + redundant)..];
                return true;
            }

            // F, 7 bits of payload type, 14 of timestamp offset, 10 of block length.
            if (block == MaximumRedundantBlocks || payload.Length - header < 4)
                return false;
            redundant += ((payload[header + 2] & 3) << 8) | payload[header + 3];
            header += 4;
        }

        return false;
    }
}
