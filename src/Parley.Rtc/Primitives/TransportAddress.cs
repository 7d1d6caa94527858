using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace Parley.Rtc.Primitives;

/// <summary>An IP address and UDP or TCP port as a value without references: the key of the packet path. IPv4 is held IPv4-mapped (RFC 4291 section 2.5.5.2).</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TransportAddress
{
    private const uint MappedPrefix = 0x0000FFFF;

    private readonly ulong _high;
    private readonly ulong _low;

    private TransportAddress(ulong high, ulong low, ushort port)
    {
        _high = high;
        _low = low;
        Port = port;
    }

    /// <summary>The port, host byte order.</summary>
    public ushort Port { get; }

    /// <summary>Whether this is an IPv4 (or IPv4-mapped) address.</summary>
    public bool IsIPv4 => _high == 0 && _low >> 32 == MappedPrefix;

    /// <summary>Length of the address in bytes: 4 or 16.</summary>
    public int AddressLength => IsIPv4 ? 4 : 16;

    /// <summary>Makes an address from 4 or 16 bytes in network order; an IPv4-mapped IPv6 address equals its IPv4 form.</summary>
    /// <exception cref="ArgumentException">The length is neither 4 nor 16.</exception>
    public static TransportAddress FromBytes(ReadOnlySpan<byte> address, ushort port) => address.Length switch
    {
        4 => new(0, ((ulong)MappedPrefix << 32) | BinaryPrimitives.ReadUInt32BigEndian(address), port),
        16 => new(BinaryPrimitives.ReadUInt64BigEndian(address), BinaryPrimitives.ReadUInt64BigEndian(address[8..]), port),
        _ => throw new ArgumentException("An IP address has 4 or 16 bytes.", nameof(address)),
    };

    /// <summary>Makes an address from the class library's form.</summary>
    public static TransportAddress From(IPEndPoint endPoint) => From(endPoint.Address, (ushort)endPoint.Port);

    /// <summary>Makes an address from the class library's form.</summary>
    public static TransportAddress From(IPAddress address, ushort port)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int written);
        return FromBytes(bytes[..written], port);
    }

    /// <summary>The same address with another port.</summary>
    public TransportAddress WithPort(ushort port) => new(_high, _low, port);

    /// <summary>Writes the address in network order, 4 or 16 bytes, and returns how many.</summary>
    public int WriteAddress(Span<byte> destination)
    {
        if (IsIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_low);
            return 4;
        }

        return WriteMapped(destination);
    }

    /// <summary>Writes the address as 16 bytes in network order, IPv4 in its mapped form.</summary>
    public int WriteMapped(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _low);
        return 16;
    }

    /// <summary>The class library's form of the address alone.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        return new IPAddress(bytes[..WriteAddress(bytes)]);
    }

    /// <summary>The class library's form.</summary>
    public IPEndPoint ToIPEndPoint() => new(ToIPAddress(), Port);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        // One multiply-xorshift: the table of 5-tuples asks this for every packet.
        ulong x = (_low ^ ((ulong)Port << 47) ^ (_high * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
        return (int)(x >> 32);
    }

    /// <inheritdoc />
    public override string ToString() => ToIPEndPoint().ToString();
}
