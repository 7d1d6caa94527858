using System.Buffers.Binary;
using Parley.NetLab.Network;

namespace Parley.NetLab.Captures;

/// <summary>What stands in the headers of an IPv4 packet (RFC 791) and of TCP (RFC 9293) or UDP (RFC 768) in it.</summary>
internal readonly record struct IpPacket
{
    public const byte Icmp = 1;
    public const byte Tcp = 6;
    public const byte Udp = 17;

    public long Time { get; init; }

    public byte Protocol { get; init; }

    public uint Source { get; init; }

    public uint Destination { get; init; }

    /// <summary>0 without ports.</summary>
    public ushort SourcePort { get; init; }

    public ushort DestinationPort { get; init; }

    /// <summary>TCP's sequence number.</summary>
    public uint Sequence { get; init; }

    public bool IsSyn { get; init; }

    /// <summary>What TCP or UDP carries.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>Reads the headers; false for anything that is not a whole IPv4 packet.</summary>
    public static bool TryRead(CapturedPacket captured, out IpPacket packet)
    {
        packet = default;
        ReadOnlySpan<byte> bytes = captured.Bytes.Span;
        if (bytes.Length < 20 || bytes[0] >> 4 != 4)
            return false;
        int header = (bytes[0] & 15) * 4;
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        bool isLaterFragment = (BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x1FFF) != 0;
        if (header < 20 || length < header || length > bytes.Length || isLaterFragment)
            return false;
        packet = new IpPacket
        {
            Time = captured.Time,
            Protocol = bytes[9],
            Source = BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]),
            Destination = BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]),
        };
        ReadOnlySpan<byte> inner = bytes[header..length];
        return packet.Protocol switch
        {
            Tcp => TryReadTcp(ref packet, inner, captured.Bytes[header..length]),
            Udp => TryReadUdp(ref packet, inner, captured.Bytes[header..length]),
            _ => true,
        };
    }

    public override string ToString() =>
        $"{Time / 1e6:0.000} s {Addresses.Of(Source)}:{SourcePort} > {Addresses.Of(Destination)}:{DestinationPort} {Protocol switch { Tcp => "TCP", Udp => "UDP", Icmp => "ICMP", _ => $"protocol {Protocol}" }}, {Payload.Length} bytes";

    private static bool TryReadTcp(ref IpPacket packet, ReadOnlySpan<byte> inner, ReadOnlyMemory<byte> whole)
    {
        if (inner.Length < 20)
            return false;
        int header = (inner[12] >> 4) * 4;
        if (header < 20 || header > inner.Length)
            return false;
        packet = packet with
        {
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(inner),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(inner[2..]),
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(inner[4..]),
            IsSyn = (inner[13] & 2) != 0,
            Payload = whole[header..],
        };
        return true;
    }

    private static bool TryReadUdp(ref IpPacket packet, ReadOnlySpan<byte> inner, ReadOnlyMemory<byte> whole)
    {
        if (inner.Length < 8)
            return false;
        packet = packet with
        {
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(inner),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(inner[2..]),
            Payload = whole[8..],
        };
        return true;
    }
}
