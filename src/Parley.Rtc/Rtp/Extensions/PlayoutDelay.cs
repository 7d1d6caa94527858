namespace Parley.Rtc.Rtp.Extensions;

/// <summary>The bounds that a sender sets for the receiver's jitter buffer (http://www.webrtc.org/experiments/rtp-hdrext/playout-delay): twice 12 bits.</summary>
/// <param name="Minimum">The least delay, in units of 10 ms, 0 to 4095.</param>
/// <param name="Maximum">The most delay, in units of 10 ms, 0 to 4095.</param>
public readonly record struct PlayoutDelay(ushort Minimum, ushort Maximum)
{
    /// <summary>Bytes of the extension.</summary>
    public const int Length = 3;

    /// <summary>Reads it; false for any other length or when the minimum is above the maximum.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out PlayoutDelay delay)
    {
        delay = default;
        if (data.Length != Length)
            return false;
        delay = new((ushort)((data[0] << 4) | (data[1] >> 4)), (ushort)(((data[1] & 15) << 8) | data[2]));
        return delay.Minimum <= delay.Maximum;
    }

    /// <summary>Writes it, values cut to 12 bits; false when there is no room.</summary>
    public bool TryWrite(Span<byte> destination)
    {
        if (destination.Length < Length)
            return false;
        destination[0] = (byte)(Minimum >> 4);
        destination[1] = (byte)(((Minimum & 15) << 4) | ((Maximum >> 8) & 15));
        destination[2] = (byte)Maximum;
        return true;
    }
}
