namespace Parley.Sfu.Slots;

/// <summary>One instant on the sender's two clocks, as its last sender report told (RFC 3550 section 6.4.1).</summary>
/// <param name="NtpTime">The sender's wall clock: NTP format, 32.32 fixed-point seconds.</param>
/// <param name="Timestamp">The extended RTP timestamp of the same instant.</param>
public readonly record struct SenderReportAnchor(ulong NtpTime, long Timestamp)
{
    // Layers of one sender report within seconds of each other; more means that one of the reports is broken.
    private const long MaximumDistanceSeconds = 60;

    /// <summary>
    /// Says <paramref name="timestamp"/>, of the stream of this anchor, in the timestamps of another stream of the same sender.
    /// False when the two reports lie more than a minute apart: one of them is then stale or wrong.
    /// </summary>
    public bool TryTranslate(long timestamp, in SenderReportAnchor other, int clockRate, out long translated)
    {
        long ntpDistance = unchecked((long)(NtpTime - other.NtpTime));
        if (Math.Abs(ntpDistance >> 32) > MaximumDistanceSeconds)
        {
            translated = 0;
            return false;
        }

        long ticks = (long)(((Int128)ntpDistance * clockRate) >> 32);
        translated = other.Timestamp + ticks + (timestamp - Timestamp);
        return true;
    }
}
