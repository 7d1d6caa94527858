using System.Buffers.Binary;
using Parley.Rtc.Primitives;

namespace Parley.Rtc.Rtp.Extensions;

/// <summary>When the packet's first sample or picture was captured (http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time).</summary>
/// <param name="Captured">The capturer's NTP time.</param>
/// <param name="ClockOffset">The sender's estimate of the capturer's clock less its own, in units of 2^-32 s; null in the short form.</param>
public readonly record struct AbsoluteCaptureTime(NtpTime Captured, long? ClockOffset)
{
    /// <summary>Bytes of the form without clock offset.</summary>
    public const int ShortLength = 8;

    /// <summary>Bytes of the form with clock offset.</summary>
    public const int LongLength = 16;

    /// <summary>Bytes that this value takes.</summary>
    public int Length => ClockOffset is null ? ShortLength : LongLength;

    /// <summary>Reads it; false for a length other than 8 and 16.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out AbsoluteCaptureTime time)
    {
        time = default;
        if (data.Length is not (ShortLength or LongLength))
            return false;
        time = new(new(BinaryPrimitives.ReadUInt64BigEndian(data)), data.Length == LongLength ? BinaryPrimitives.ReadInt64BigEndian(data[8..]) : null);
        return true;
    }

    /// <summary>Writes it; false when there is no room.</summary>
    public bool TryWrite(Span<byte> destination)
    {
        if (destination.Length < Length)
            return false;
        BinaryPrimitives.WriteUInt64BigEndian(destination, Captured.Value);
        if (ClockOffset is long offset)
            BinaryPrimitives.WriteInt64BigEndian(destination[8..], offset);
        return true;
    }
}
