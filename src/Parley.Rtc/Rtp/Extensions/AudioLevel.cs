namespace Parley.Rtc.Rtp.Extensions;

/// <summary>How loud the packet's sound is (RFC 6464 section 3).</summary>
/// <param name="Voice">Whether the sender believes that it is speech; senders that cannot tell leave it set or unset throughout.</param>
/// <param name="Decibels">The level as -dBov: 0 is the loudest, 127 silence.</param>
public readonly record struct AudioLevel(bool Voice, byte Decibels)
{
    /// <summary>Bytes of the extension.</summary>
    public const int Length = 1;

    /// <summary>Reads it; false when empty. The two-byte form may carry padding behind the level.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out AudioLevel level)
    {
        level = data.IsEmpty ? default : new((data[0] & 0x80) != 0, (byte)(data[0] & 0x7F));
        return !data.IsEmpty;
    }

    /// <summary>Writes it; false when there is no room.</summary>
    public bool TryWrite(Span<byte> destination)
    {
        if (destination.IsEmpty)
            return false;
        destination[0] = (byte)((Voice ? 0x80 : 0) | (Decibels & 0x7F));
        return true;
    }
}
