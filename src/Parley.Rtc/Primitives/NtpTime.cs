namespace Parley.Rtc.Primitives;

/// <summary>A 64-bit NTP timestamp: seconds since 1900 in the upper half, 2^-32 s in the lower (RFC 3550 section 4, RFC 5905 section 6).</summary>
/// <param name="Value">The 64 bits as they stand on the wire.</param>
public readonly record struct NtpTime(ulong Value)
{
    /// <summary>Seconds from the start of NTP's era (1900) to the start of Unix time (1970).</summary>
    public const long UnixEpochSeconds = 2_208_988_800;

    /// <summary>The middle 32 bits, in units of 2^-16 s: what LSR and DLSR of report blocks hold.</summary>
    public uint Compact => (uint)(Value >> 16);

    /// <summary>Makes a timestamp from ticks of 100 ns since 1900; wraps after 2^32 s as NTP does.</summary>
    public static NtpTime FromTicks(long ticks)
    {
        (long seconds, long rest) = Math.DivRem(ticks, TimeSpan.TicksPerSecond);
        return new(((ulong)seconds << 32) | (((ulong)rest << 32) / TimeSpan.TicksPerSecond));
    }

    /// <summary>Ticks of 100 ns since the start of the era, to the nearest tick.</summary>
    public long ToTicks() =>
        ((long)(Value >> 32) * TimeSpan.TicksPerSecond) + (long)((((Value & 0xFFFF_FFFF) * TimeSpan.TicksPerSecond) + 0x8000_0000) >> 32);

    /// <summary>The time from <paramref name="right"/> to <paramref name="left"/>, over the wrap of the era where that is nearer.</summary>
    public static TimeSpan operator -(NtpTime left, NtpTime right)
    {
        long difference = (long)(left.Value - right.Value);
        long seconds = difference >> 32;
        ulong fraction = (ulong)difference & 0xFFFF_FFFF;
        return new((seconds * TimeSpan.TicksPerSecond) + (long)(((fraction * TimeSpan.TicksPerSecond) + 0x8000_0000) >> 32));
    }

    /// <summary>A duration in units of 2^-16 s, as DLSR holds it; 0 for a negative one and the largest value for one above 18 hours.</summary>
    public static uint ToCompactDuration(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
            return 0;
        Int128 units = ((Int128)duration.Ticks << 16) / TimeSpan.TicksPerSecond;
        return units > uint.MaxValue ? uint.MaxValue : (uint)units;
    }

    /// <summary>The duration that a value in units of 2^-16 s stands for.</summary>
    public static TimeSpan FromCompactDuration(uint units) => new((long)(((ulong)units * TimeSpan.TicksPerSecond) >> 16));
}
