using System.Buffers.Binary;

namespace Parley.Rtc.Rtcp;

/// <summary>An application-defined packet (RFC 3550 section 6.7).</summary>
public readonly ref struct ApplicationView
{
    internal const int FixedLength = 8;

    private ApplicationView(byte subtype, ReadOnlySpan<byte> body)
    {
        Subtype = subtype;
        Ssrc = BinaryPrimitives.ReadUInt32BigEndian(body);
        Name = BinaryPrimitives.ReadUInt32BigEndian(body[4..]);
        Data = body[FixedLength..];
    }

    /// <summary>What the application calls this kind of packet, 0 to 31.</summary>
    public byte Subtype { get; }

    /// <summary>The SSRC of the sender.</summary>
    public uint Ssrc { get; }

    /// <summary>The name of the application: four ASCII characters.</summary>
    public uint Name { get; }

    /// <summary>The application's data: whole words.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Reads it; false when it is another packet or too short.</summary>
    public static bool TryRead(RtcpPacketView packet, out ApplicationView application)
    {
        application = default;
        if (packet.Type != RtcpPacketType.Application || packet.Body.Length < FixedLength)
            return false;
        application = new(packet.Count, packet.Body);
        return true;
    }
}
