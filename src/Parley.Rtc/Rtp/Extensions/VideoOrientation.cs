namespace Parley.Rtc.Rtp.Extensions;

/// <summary>How the picture must be turned to stand upright (3GPP TS 26.114 section 7.4.5).</summary>
/// <param name="BackCamera">Whether it is the camera away from the user.</param>
/// <param name="Flipped">Whether the picture is mirrored.</param>
/// <param name="QuarterTurns">Clockwise quarter turns, 0 to 3.</param>
public readonly record struct VideoOrientation(bool BackCamera, bool Flipped, byte QuarterTurns)
{
    /// <summary>Bytes of the extension.</summary>
    public const int Length = 1;

    /// <summary>Reads it; false when empty.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out VideoOrientation orientation)
    {
        orientation = data.IsEmpty ? default : new((data[0] & 8) != 0, (data[0] & 4) != 0, (byte)(data[0] & 3));
        return !data.IsEmpty;
    }

    /// <summary>Writes it; false when there is no room.</summary>
    public bool TryWrite(Span<byte> destination)
    {
        if (destination.IsEmpty)
            return false;
        destination[0] = (byte)((BackCamera ? 8 : 0) | (Flipped ? 4 : 0) | (QuarterTurns & 3));
        return true;
    }
}
