using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Parley.Rtc.Primitives;

namespace Parley.Net.Portable;

/// <summary>Reads and rewrites the class library's socket addresses in place. Port and address stand at the same offsets on Linux, macOS and Windows; only the family differs, and it stays.</summary>
internal static class PortableAddressCodec
{
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv6Offset = 8;

    /// <summary>An address of this family to be rewritten.</summary>
    public static SocketAddress Make(AddressFamily family) =>
        new IPEndPoint(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0).Serialize();

    /// <summary>Rewrites an address made for the socket's family; false when an IPv6 address meets an IPv4 socket.</summary>
    public static bool TryWrite(SocketAddress destination, in TransportAddress address)
    {
        Span<byte> bytes = destination.Buffer.Span;
        if (destination.Family == AddressFamily.InterNetworkV6)
            address.WriteMapped(bytes[IPv6Offset..]);
        else if (address.IsIPv4)
            address.WriteAddress(bytes[IPv4Offset..]);
        else
            return false;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[PortOffset..], address.Port);
        return true;
    }

    /// <summary>Reads what the system wrote.</summary>
    public static TransportAddress Read(SocketAddress source)
    {
        ReadOnlySpan<byte> bytes = source.Buffer.Span;
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(bytes[PortOffset..]);
        return source.Family == AddressFamily.InterNetworkV6
            ? TransportAddress.FromBytes(bytes.Slice(IPv6Offset, 16), port)
            : TransportAddress.FromBytes(bytes.Slice(IPv4Offset, 4), port);
    }
}
