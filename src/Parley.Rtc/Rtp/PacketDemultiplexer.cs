namespace Parley.Rtc.Rtp;

/// <summary>Tells the protocols of one port apart by their first two bytes (RFC 7983 section 7, RFC 5761 section 4).</summary>
public static class PacketDemultiplexer
{
    /// <summary>The kind of a datagram; <see cref="PacketKind.Unknown"/> for an empty one and for every range that no protocol here has.</summary>
    public static PacketKind Classify(ReadOnlySpan<byte> datagram)
    {
        if (datagram.Length < 2)
            return PacketKind.Unknown;
        return datagram[0] switch
        {
            >= 128 and <= 191 => datagram[1] is >= 192 and <= 223 ? PacketKind.Rtcp : PacketKind.Rtp,
            <= 3 => PacketKind.Stun,
            >= 20 and <= 63 => PacketKind.Dtls,
            _ => PacketKind.Unknown,
        };
    }
}
