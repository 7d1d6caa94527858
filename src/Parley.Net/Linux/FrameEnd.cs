namespace Parley.Net.Linux;

/// <summary>
/// Tells the last packet of a frame: RTP with the marker bit, which SRTP leaves readable (RFC 3550 section 5.1), told from RTCP as in RFC 5761 section 4. Nothing else is believed of a
/// datagram here: it only decides whether more is waited for.
/// </summary>
internal static class FrameEnd
{
    private const int VersionBits = 0xC0;
    private const int Version = 0x80;
    private const int Marker = 0x80;

    // Payload types 64 to 95 with the marker bit are RTCP's packet types.
    private const int TypeBits = 0xE0;
    private const int RtcpTypes = 0xC0;

    /// <summary>Whether the datagram ends a frame.</summary>
    public static bool IsAt(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= 2 && (datagram[0] & VersionBits) == Version && (datagram[1] & Marker) != 0 && (datagram[1] & TypeBits) != RtcpTypes;
}
