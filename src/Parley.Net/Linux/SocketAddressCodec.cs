using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Parley.Rtc.Primitives;

namespace Parley.Net.Linux;

/// <summary>Reads and writes <c>sockaddr_in</c> and <c>sockaddr_in6</c>.</summary>
internal static unsafe class SocketAddressCodec
{
    /// <summary>Bytes kept for an address: <c>sockaddr_in6</c> has 28.</summary>
    internal const int SpaceBytes = 32;

    private const int IPv4Bytes = 16;
    private const int IPv6Bytes = 28;

    /// <summary>Writes an address for a socket of this family into <see cref="SpaceBytes"/> zeroed bytes and returns its length; 0 when an IPv6 address meets an IPv4 socket.</summary>
    internal static uint Write(byte* destination, in TransportAddress address, bool isIPv6Socket)
    {
        var space = new Span<byte>(destination, SpaceBytes);
        BinaryPrimitives.WriteUInt16BigEndian(space[2..], address.Port);
        if (isIPv6Socket)
        {
            Unsafe.WriteUnaligned(destination, (ushort)LinuxConstants.AddressFamilyIPv6);
            address.WriteMapped(space[8..]);
            return IPv6Bytes;
        }

        if (!address.IsIPv4)
            return 0;
        Unsafe.WriteUnaligned(destination, (ushort)LinuxConstants.AddressFamilyIPv4);
        address.WriteAddress(space[4..]);
        return IPv4Bytes;
    }

    /// <summary>Reads what the kernel wrote.</summary>
    internal static TransportAddress Read(byte* source)
    {
        var space = new ReadOnlySpan<byte>(source, SpaceBytes);
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(space[2..]);
        return Unsafe.ReadUnaligned<ushort>(source) == LinuxConstants.AddressFamilyIPv6
            ? TransportAddress.FromBytes(space.Slice(8, 16), port)
            : TransportAddress.FromBytes(space.Slice(4, 4), port);
    }
}
